import { canonicalQuantity, type Quantity } from '../../../core/quantity/quantity.ts'
import { sameDimension } from '../../../core/quantity/unit.ts'

/** What came out of a step for what went in. */
export type MassBalance = {
  /** 1 where nothing was lost */
  readonly recovery: number
  /** of the recovery */
  readonly standardUncertainty: number
  /** undefined where the method states no tolerance */
  readonly withinTolerance: boolean | undefined
}

/**
 * Recovery of a step: the sum of its outputs divided by that of its inputs, with uncertainty to first order.
 *
 * @param tolerance what may be lost or gained, as a share of 1
 * @returns undefined unless every amount is known and all measure the same
 */
export function massBalance(
  inputs: readonly (Quantity | null)[],
  outputs: readonly (Quantity | null)[],
  tolerance: number | undefined,
): MassBalance | undefined {
  const [taken, made] = [total(inputs), total(outputs)]
  if (!taken || !made || taken.value <= 0 || !sameDimension(taken.dimension, made.dimension)) return undefined
  const recovery = made.value / taken.value
  const relative = Math.hypot(made.value === 0 ? 0 : made.u / made.value, taken.u / taken.value)
  return {
    recovery,
    standardUncertainty: recovery * relative,
    withinTolerance: tolerance === undefined ? undefined : Math.abs(recovery - 1) <= tolerance + 1e-9,
  }
}

function total(amounts: readonly (Quantity | null)[]) {
  const canonical = amounts.map((amount) => (amount === null ? undefined : canonicalQuantity(amount)))
  const [first] = canonical
  if (!first) return undefined
  let [value, variance] = [0, 0]
  for (const each of canonical) {
    if (!each || !sameDimension(each.unit.dimension, first.unit.dimension)) return undefined
    value += each.value
    variance += each.standardUncertainty ** 2
  }
  return { value, u: Math.sqrt(variance), dimension: first.unit.dimension }
}

/** The sample that an output is said to come from: the input with the largest amount, the first where none is known. */
export function mainInput<T extends { readonly amount: Quantity | null }>(
  inputs: readonly T[],
): T | undefined {
  return inputs.reduce<T | undefined>((main, input) => {
    if (!main) return input
    const [known, other] = [
      main.amount && canonicalQuantity(main.amount),
      input.amount && canonicalQuantity(input.amount),
    ]
    if (!other) return main
    return !known || other.value > known.value ? input : main
  }, undefined)
}
