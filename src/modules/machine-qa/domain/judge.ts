import { almostEqual } from './almost-equal.ts'
import { type Deviation, deviationOf } from './deviation.ts'
import type { PassFail } from './pass-fail.ts'
import type { ComparedTest, Reference } from './reference.ts'
import { isEmptyResult, type TestResultValue } from './test-result.ts'
import { isNumericTest, isTextTest } from './test-type.ts'
import type { ChoiceTolerance, NumericTolerance, Tolerance, ToleranceLimits } from './tolerance.ts'

/** Everything that decides whether a result passes; reference and tolerance are those frozen in its session. */
export type JudgedResult = {
  readonly test: ComparedTest & { readonly hidden: boolean }
  readonly result: TestResultValue
  readonly skipped: boolean
  readonly inProgress: boolean
  readonly reference: Reference | null
  readonly tolerance: Tolerance | null
}

const SAME_YES_OR_NO = 1e-10
const UNLIMITED = 1e99

/**
 * Judges one result. Rules in order, the first that applies wins: skipped (and not hidden) or empty while in progress;
 * boolean with a reference; text with a tolerance; number with reference and tolerance; otherwise `no_tol`.
 * Skipped hidden tests are judged, so that automatic review can deal with them.
 */
export function judge(facts: JudgedResult): PassFail {
  const { test, result, skipped, inProgress, reference, tolerance } = facts
  if ((skipped && !test.hidden) || (inProgress && isEmptyResult(result))) return 'not_done'
  if (test.type === 'boolean') {
    return reference === null || result.value === null
      ? 'no_tol'
      : judgeYesOrNo(result.value, reference, tolerance)
  }
  if (isTextTest(test.type)) {
    return tolerance?.kind === 'multchoice' ? judgeText(result.stringValue, tolerance) : 'no_tol'
  }
  if (!isNumericTest(test.type) || result.value === null || reference === null) return 'no_tol'
  if (tolerance?.kind !== 'absolute' && tolerance?.kind !== 'percent') return 'no_tol'
  return judgeNumber(test, result.value, reference, tolerance)
}

/** Compares a deviation with limits: inclusive, and a deviation almost equal to a limit lies on it. */
export function judgeDeviation(deviation: number, limits: ToleranceLimits): 'ok' | 'tolerance' | 'action' {
  if (!liesWithin(deviation, limits.actLow, limits.actHigh)) return 'action'
  return liesWithin(deviation, limits.tolLow, limits.tolHigh) ? 'ok' : 'tolerance'
}

function judgeYesOrNo(value: number, reference: Reference, tolerance: Tolerance | null): PassFail {
  if (Math.abs(reference.value - value) <= SAME_YES_OR_NO) return 'ok'
  return tolerance?.kind === 'boolean' && tolerance.warningOnly ? 'tolerance' : 'action'
}

function judgeText(text: string, { passChoices, tolChoices }: ChoiceTolerance): PassFail {
  const word = text.toLowerCase()
  const isAmong = (choices: readonly string[]) => choices.some((choice) => choice.toLowerCase() === word)
  if (isAmong(passChoices)) return 'ok'
  return isAmong(tolChoices) ? 'tolerance' : 'action'
}

function judgeNumber(
  test: ComparedTest,
  value: number,
  reference: Reference,
  tolerance: NumericTolerance,
): PassFail {
  const deviation: Deviation = deviationOf(test, value, reference, tolerance)
  if (deviation.kind === 'percent-of-zero') return almostEqual(value, 0) ? 'ok' : 'action'
  return judgeDeviation(deviation.amount, tolerance)
}

function liesWithin(deviation: number, lowest: number | null, highest: number | null): boolean {
  const low = lowest ?? -UNLIMITED
  const high = highest ?? UNLIMITED
  return (
    (low <= deviation && deviation <= high) || almostEqual(deviation, low) || almostEqual(deviation, high)
  )
}
