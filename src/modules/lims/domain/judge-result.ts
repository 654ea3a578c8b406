import type { ResultRange } from './result-range.ts'
import { parseNumber } from './setup-rules.ts'

/** Whether a result is within its range; a missed range may still be acceptable. */
export type RangeVerdict = {
  readonly outOfRange: boolean
  readonly acceptable: boolean
}

const WITHIN: RangeVerdict = { outOfRange: false, acceptable: true }

/**
 * Compares a result with its range: bounds belong to it unless it says otherwise, a missing bound is open. Around it
 * lies a shoulder of `error` percent of the result, or up to the warning bounds where there are some.
 *
 * @see specification 3.9.6
 */
export function judgeResult(result: string, range: ResultRange | undefined): RangeVerdict {
  const value = parseNumber(result)
  if (value === undefined || range === undefined) return WITHIN
  const min = parseNumber(range.min)
  const max = parseNumber(range.max)
  const tooLow = min !== undefined && (range.min_operator === '>' ? value <= min : value < min)
  const tooHigh = max !== undefined && (range.max_operator === '<' ? value >= max : value > max)
  if (!tooLow && !tooHigh) return WITHIN
  return {
    outOfRange: true,
    acceptable: tooLow ? reaches(value, min, range, 'low') : reaches(value, max, range, 'high'),
  }
}

function reaches(
  value: number,
  bound: number | undefined,
  range: ResultRange,
  side: 'low' | 'high',
): boolean {
  const warning = parseNumber(side === 'low' ? range.warn_min : range.warn_max)
  if (warning !== undefined) return side === 'low' ? value >= warning : value <= warning
  const percent = parseNumber(range.error)
  if (bound === undefined || percent === undefined || percent === 0) return false
  const shoulder = (Math.abs(value) * percent) / 100
  return side === 'low' ? value + shoulder >= bound : value - shoulder <= bound
}
