import { judgeResult, type RangeVerdict } from './judge-result.ts'
import type { ReferenceResult } from './reference-result.ts'
import type { ResultRange } from './result-range.ts'
import { parseNumber } from './setup-rules.ts'

/**
 * The range within which reference material has to lie: its own bounds, else the target and its error.
 *
 * @see specification 3.9.7
 */
export function referenceRange({
  result,
  min,
  max,
  error,
}: ReferenceResult): Pick<ResultRange, 'min' | 'max' | 'error'> {
  const target = parseNumber(result) ?? 0
  const shoulder = (Math.abs(target) * (parseNumber(error) ?? 0)) / 100
  return {
    min: parseNumber(min) === undefined ? String(target - shoulder) : min,
    max: parseNumber(max) === undefined ? String(target + shoulder) : max,
    error,
  }
}

/** Whether a blank or control gave what was expected. */
export function judgeReference(result: string, expected: ReferenceResult): RangeVerdict {
  return judgeResult(result, { keyword: '', ...referenceRange(expected) })
}

/** The relative percentage difference of two results; 0 where their mean is 0. */
export function relativePercentDifference(a: number, b: number): number {
  const mean = (a + b) / 2
  return mean === 0 ? 0 : (Math.abs(a - b) / Math.abs(mean)) * 100
}

/** Whether a duplicate is close enough to what it repeats; texts and options must be equal. */
export function judgeDuplicate(
  result: string,
  original: string,
  variationPercent: number | null,
): RangeVerdict {
  const a = parseNumber(result)
  const b = parseNumber(original)
  if (a === undefined || b === undefined) {
    const equal = result === original || result === '' || original === ''
    return { outOfRange: !equal, acceptable: equal }
  }
  const out = variationPercent !== null && relativePercentDifference(a, b) > variationPercent
  return { outOfRange: out, acceptable: !out }
}
