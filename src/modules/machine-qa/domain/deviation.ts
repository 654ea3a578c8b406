import type { ComparedTest, Reference } from './reference.ts'
import type { Tolerance } from './tolerance.ts'
import { wraparoundDifference } from './wraparound.ts'

/** How far a result lies from its reference, in the measure its tolerance uses. */
export type Deviation =
  | { readonly kind: 'difference'; readonly amount: number }
  | { readonly kind: 'percent'; readonly amount: number }
  /** Per cent of a reference of zero: no number exists. */
  | { readonly kind: 'percent-of-zero' }

/**
 * The deviation that is compared with a numeric tolerance. Wraparound tests use the distance on their circle whatever
 * the kind of the tolerance.
 */
export function deviationOf(
  test: ComparedTest,
  value: number,
  reference: Reference,
  tolerance: Tolerance,
): Deviation {
  if (test.type === 'wraparound' && test.wrapLow !== null && test.wrapHigh !== null) {
    const range = { low: test.wrapLow, high: test.wrapHigh }
    return { kind: 'difference', amount: wraparoundDifference(value, reference.value, range) }
  }
  if (tolerance.kind !== 'percent') return { kind: 'difference', amount: value - reference.value }
  if (reference.value === 0) return { kind: 'percent-of-zero' }
  return { kind: 'percent', amount: (100 * (value - reference.value)) / reference.value }
}
