import type {
  WirePassFail,
  WireTest,
  WireTolerance,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'

/** What a result is compared with; the rules are those of the server, so that typing gets its answer at once. */
export type JudgedTest = Pick<
  WireTest,
  'type' | 'hidden' | 'wrapLow' | 'wrapHigh' | 'reference' | 'tolerance'
>

/** A value while it is typed: a number (yes is 1, no is 0), a text, or nothing yet. */
export type JudgedValue = number | string | null

export interface Deviation {
  readonly kind: 'difference' | 'percent' | 'percent-of-zero'
  readonly amount: number
}

const SAME_YES_OR_NO = 1e-10
const UNLIMITED = 1e99
const NUMERIC: ReadonlySet<string> = new Set(['simple', 'wraparound', 'constant', 'composite'])
const TEXT: ReadonlySet<string> = new Set(['string', 'multchoice', 'scomposite'])

/** Judges what stands in a row. Nothing typed yet is `not_done`, and so is what is skipped, unless it is hidden. */
export function judge(test: JudgedTest, value: JudgedValue, isSkipped: boolean): WirePassFail {
  if ((isSkipped && !test.hidden) || value === null || value === '') return 'not_done'
  if (test.type === 'boolean') return judgeYesOrNo(test, value)
  if (TEXT.has(test.type)) {
    return test.tolerance?.kind === 'multchoice' ? judgeText(String(value), test.tolerance) : 'no_tol'
  }
  return judgeNumber(test, value)
}

function judgeYesOrNo({ reference, tolerance }: JudgedTest, value: JudgedValue): WirePassFail {
  if (reference === null || typeof value !== 'number') return 'no_tol'
  if (Math.abs(reference.value - value) <= SAME_YES_OR_NO) return 'ok'
  return tolerance?.kind === 'boolean' && tolerance.warningOnly ? 'tolerance' : 'action'
}

function judgeNumber(test: JudgedTest, value: JudgedValue): WirePassFail {
  const deviation = deviationOf(test, value)
  if (deviation === undefined || test.tolerance === null || typeof value !== 'number') return 'no_tol'
  if (deviation.kind === 'percent-of-zero') return almostEqual(value, 0) ? 'ok' : 'action'
  return judgeDeviation(deviation.amount, test.tolerance)
}

/** How far a number lies from its reference, in the measure of its tolerance; undefined where nothing is compared. */
export function deviationOf(test: JudgedTest, value: JudgedValue): Deviation | undefined {
  const { reference, tolerance, wrapLow, wrapHigh } = test
  if (!NUMERIC.has(test.type) || typeof value !== 'number' || reference === null) return undefined
  if (tolerance?.kind !== 'absolute' && tolerance?.kind !== 'percent') return undefined
  if (test.type === 'wraparound' && wrapLow !== null && wrapHigh !== null) {
    return { kind: 'difference', amount: wraparoundDifference(value, reference.value, wrapLow, wrapHigh) }
  }
  if (tolerance.kind === 'absolute') return { kind: 'difference', amount: value - reference.value }
  if (reference.value === 0) return { kind: 'percent-of-zero', amount: 0 }
  return { kind: 'percent', amount: (100 * (value - reference.value)) / reference.value }
}

/** The tolerance as values of the test rather than as deviations; undefined where it has no such ends. */
export function toleranceEnds({ reference, tolerance }: Pick<JudgedTest, 'reference' | 'tolerance'>): {
  readonly low?: number
  readonly high?: number
} {
  if (reference === null || tolerance === null) return {}
  if (tolerance.kind !== 'absolute' && tolerance.kind !== 'percent') return {}
  const scale = tolerance.kind === 'percent' ? reference.value / 100 : 1
  const ends = [tolerance.tolLow ?? tolerance.actLow, tolerance.tolHigh ?? tolerance.actHigh]
    .filter((end) => end !== null)
    .map((end) => reference.value + end * scale)
    .toSorted((a, b) => a - b)
  const [low, high] = ends
  return low === undefined || high === undefined ? {} : { low, high }
}

/** Limits are inclusive, and a deviation that almost equals a limit lies on it. */
export function judgeDeviation(deviation: number, limits: WireTolerance): 'ok' | 'tolerance' | 'action' {
  if (!liesWithin(deviation, limits.actLow, limits.actHigh)) return 'action'
  return liesWithin(deviation, limits.tolLow, limits.tolHigh) ? 'ok' : 'tolerance'
}

/** Whether two numbers agree to about seven significant digits. */
export function almostEqual(a: number, b: number): boolean {
  if (a === b) return true
  const size = 0.5 * (Math.abs(a) + Math.abs(b))
  if (!Number.isFinite(size)) return false
  const scale = Number(`1e${Math.floor(Math.log10(size))}`)
  return scale !== 0 && Math.abs(a / scale - b / scale) <= 1e-6
}

/** Signed distance on a circle, by the shorter way. */
export function wraparoundDifference(value: number, reference: number, low: number, high: number): number {
  if (value > reference) {
    const direct = value - reference
    const around = Math.abs(high - value) + Math.abs(reference - low)
    return direct <= around ? direct : -around
  }
  if (value < reference) {
    const direct = reference - value
    const around = Math.abs(value - low) + Math.abs(high - reference)
    return direct <= around ? -direct : around
  }
  return 0
}

function judgeText(text: string, { passChoices, tolChoices }: WireTolerance): WirePassFail {
  const word = text.toLowerCase()
  const isAmong = (choices: readonly string[]): boolean =>
    choices.some((choice) => choice.toLowerCase() === word)
  if (isAmong(passChoices)) return 'ok'
  return isAmong(tolChoices) ? 'tolerance' : 'action'
}

function liesWithin(deviation: number, lowest: number | null, highest: number | null): boolean {
  const low = lowest ?? -UNLIMITED
  const high = highest ?? UNLIMITED
  return (
    (low <= deviation && deviation <= high) || almostEqual(deviation, low) || almostEqual(deviation, high)
  )
}
