import { sameDimension, type Unit } from './unit.ts'

/** Whether values in the one unit can be given in the other; arbitrary units only in themselves. */
export function isConvertible(from: Unit, to: Unit): boolean {
  if (from.code === to.code) return true
  if (!sameDimension(from.dimension, to.dimension)) return false
  return classOf(from) === classOf(to) && classOf(from) !== 'arbitrary'
}

/** Logarithmic values are never mixed with the others: their differences are ratios. */
function classOf({ scale }: Unit): 'linear' | 'logarithmic' | 'arbitrary' {
  return scale.kind === 'ratio' || scale.kind === 'affine' ? 'linear' : scale.kind
}

/**
 * A value in SI base units: kelvins for temperatures, bels for logarithmic units, as it is for arbitrary ones.
 * Temperatures are points of their scale here, see {@link differenceToCanonical}.
 */
export function toCanonical(value: number, { scale }: Unit): number {
  switch (scale.kind) {
    case 'ratio':
    case 'logarithmic':
      return value * scale.factor
    case 'affine':
      return (value + scale.offset) * scale.factor
    case 'arbitrary':
      return value
  }
}

/** The inverse of {@link toCanonical}. */
export function fromCanonical(value: number, { scale }: Unit): number {
  switch (scale.kind) {
    case 'ratio':
    case 'logarithmic':
      return value / scale.factor
    case 'affine':
      return value / scale.factor - scale.offset
    case 'arbitrary':
      return value
  }
}

/** A difference or an uncertainty in SI base units: the zero of a scale of points counts for nothing. */
export function differenceToCanonical(value: number, { scale }: Unit): number {
  return scale.kind === 'arbitrary' ? value : value * scale.factor
}

/**
 * A value of one unit in another.
 *
 * @returns undefined where they measure different things
 */
export function convertValue(value: number, from: Unit, to: Unit): number | undefined {
  if (from.code === to.code) return value
  if (!isConvertible(from, to)) return undefined
  // one division by the ratio of both factors loses less than a way over SI units
  if (from.scale.kind === 'ratio' && to.scale.kind === 'ratio')
    return value * (from.scale.factor / to.scale.factor)
  return fromCanonical(toCanonical(value, from), to)
}

const TOLERANCE = 1e-9

/** Whether two canonical values differ by no more than rounding: one part in 10⁹. */
export function isAlmostEqual(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
}
