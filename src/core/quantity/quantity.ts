import { differenceToCanonical, toCanonical } from './convert.ts'
import { parseUnit, type Unit } from './unit.ts'

/** How sure a value is, in the unit of the value. */
export type Uncertainty = {
  readonly value: number
  /** a standard deviation, one times `k`, or half the width of a rectangle */
  readonly type: 'standard' | 'expanded' | 'tolerance'
  readonly k?: number
  /** degrees of freedom */
  readonly dof?: number
}

export type Missing = 'not_measured' | 'below_detection' | 'lost'

/** A measured value as it is stored in documents. */
export type Quantity = {
  readonly value: number | null
  /** UCUM */
  readonly unit: string
  /** the digits as they were typed */
  readonly text?: string
  readonly u?: Uncertainty
  readonly missing?: Missing
  /** limit of detection, where the value is below it */
  readonly limit?: number
}

/** A quantity in SI base units, for comparison. */
export type CanonicalQuantity = {
  readonly value: number
  readonly standardUncertainty: number
  readonly unit: Unit
}

/** @returns undefined without a value, or in an unknown unit */
export function canonicalQuantity({ value, unit: code, u }: Quantity): CanonicalQuantity | undefined {
  const unit = parseUnit(code)
  if (!unit || value === null) return undefined
  return {
    value: toCanonical(value, unit),
    standardUncertainty: u === undefined ? 0 : differenceToCanonical(standardUncertainty(u), unit),
    unit,
  }
}

/**
 * The standard uncertainty that an uncertainty states.
 *
 * @see JCGM 100:2008 (GUM) 4.3.7 for the rectangle, 6.2 for the coverage factor (2 where none is given)
 */
export function standardUncertainty({ value, type, k }: Uncertainty): number {
  switch (type) {
    case 'standard':
      return value
    case 'expanded':
      return value / (k ?? 2)
    case 'tolerance':
      return value / Math.sqrt(3)
  }
}
