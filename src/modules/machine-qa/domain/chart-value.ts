import { type Deviation, deviationOf } from './deviation.ts'
import type { ComparedTest, Reference } from './reference.ts'
import type { Tolerance } from './tolerance.ts'

/**
 * A result relative to its reference, for charts: on the circle for wraparound tests; in per cent for a percent
 * tolerance, or without a tolerance where the reference is not zero; otherwise the difference. Undefined where there is
 * no reference, or per cent of zero.
 */
export function relativeValue(
  test: ComparedTest,
  value: number,
  reference: Reference | null,
  tolerance: Tolerance | null,
): Exclude<Deviation, { kind: 'percent-of-zero' }> | undefined {
  if (reference === null) return undefined
  const deviation = deviationOf(test, value, reference, tolerance ?? unlimited(reference))
  return deviation.kind === 'percent-of-zero' ? undefined : deviation
}

/** A choice as charts plot it: its place among the choices of its test, from 1; undefined if it is none of them. */
export function choicePlace(choice: string, choices: readonly string[]): number | undefined {
  const index = choices.indexOf(choice)
  return index < 0 ? undefined : index + 1
}

function unlimited(reference: Reference): Tolerance {
  const kind = reference.value === 0 ? 'absolute' : 'percent'
  return { kind, actLow: null, tolLow: null, tolHigh: null, actHigh: null }
}
