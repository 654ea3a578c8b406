import { meanOf, sampleDeviation, standardised } from '../../../core/control-charts/control-limits.ts'
import { findViolations } from '../../../core/control-charts/control-rules.ts'
import { referenceRange, relativePercentDifference } from './judge-control.ts'
import type { ReferenceResult } from './reference-result.ts'
import { parseNumber } from './setup-rules.ts'

/** What a blank, a control or a duplicate says about the run it stands in. */
export type ControlVerdict = 'accepted' | 'warning' | 'rejected' | 'unjudged'

export type ControlFinding = { readonly verdict: ControlVerdict; readonly message: string | null }

const UNJUDGED: ControlFinding = { verdict: 'unjudged', message: null }
const ACCEPTED: ControlFinding = { verdict: 'accepted', message: null }

/**
 * Judges reference material: out of its range is rejected; within it, but nearer to a bound than the allowed error of the
 * result, is a warning. A blank is expected to be 0.
 *
 * @see specification 3.9.7
 */
export function judgeControl(result: string, expected: ReferenceResult | undefined): ControlFinding {
  const value = parseNumber(result)
  if (value === undefined || expected === undefined) return UNJUDGED
  const range = referenceRange(expected)
  const min = parseNumber(range.min) ?? Number.NEGATIVE_INFINITY
  const max = parseNumber(range.max) ?? Number.POSITIVE_INFINITY
  if (value < min || value > max)
    return { verdict: 'rejected', message: `${result} is outside ${String(min)} to ${String(max)}` }
  const shoulder = (Math.abs(value) * (parseNumber(expected.error) ?? 0)) / 100
  // a range that consists of the target and its error would warn at nearly every value
  const hasOwnRange = parseNumber(expected.min) !== undefined || parseNumber(expected.max) !== undefined
  if (hasOwnRange && min < max && (value - shoulder < min || value + shoulder > max))
    return {
      verdict: 'warning',
      message: `${result} is close to the end of ${String(min)} to ${String(max)}`,
    }
  return ACCEPTED
}

/**
 * Judges a duplicate by the relative percentage difference; texts and options have to be equal.
 *
 * @param variationPercent what the service allows; null allows any
 */
export function judgeRepeat(
  result: string,
  original: string,
  variationPercent: number | null,
): ControlFinding {
  if (result === '' || original === '') return UNJUDGED
  const a = parseNumber(result)
  const b = parseNumber(original)
  if (a === undefined || b === undefined)
    return result === original ? ACCEPTED : { verdict: 'rejected', message: `${result} is not ${original}` }
  const difference = relativePercentDifference(a, b)
  if (variationPercent === null || difference <= variationPercent) return ACCEPTED
  return {
    verdict: 'rejected',
    message: `Relative percentage difference, ${rounded(difference)} %, is out of valid range (${rounded(variationPercent)} %)`,
  }
}

function rounded(value: number): string {
  return String(Number(value.toFixed(2)))
}

/** One result of reference material in the order of measuring. */
export type ControlPoint = { readonly analysisId: number; readonly value: number }

export type ControlStatistics = {
  readonly count: number
  /** undefined below the number of results that the laboratory asks for */
  readonly mean: number | undefined
  readonly deviation: number | undefined
  /** rules of Westgard that are broken, at the point that completes each */
  readonly violations: readonly {
    readonly analysisId: number
    readonly rule: string
    readonly words: string
    readonly severity: 'warning' | 'rejection'
  }[]
}

/**
 * Mean and deviation of the accepted results, and where all results break the rules of Westgard against them.
 *
 * @param isAccepted whether a point is within its acceptance range; others do not enter the statistics
 * @param fewest results that statistics need
 */
export function controlStatistics(
  points: readonly ControlPoint[],
  isAccepted: (point: ControlPoint) => boolean,
  fewest: number,
): ControlStatistics {
  const base = points.filter(isAccepted).map(({ value }) => value)
  if (base.length < Math.max(fewest, 2))
    return { count: points.length, mean: undefined, deviation: undefined, violations: [] }
  const mean = meanOf(base)
  const deviation = sampleDeviation(base)
  const scaled = standardised(
    points.map(({ value }) => value),
    { centre: mean, sigma: deviation },
  )
  return {
    count: points.length,
    mean,
    deviation,
    violations: findViolations(scaled, 'westgard').map(({ rule, at }) => ({
      analysisId: points[at]?.analysisId ?? 0,
      rule: rule.name,
      words: rule.words,
      severity: rule.severity,
    })),
  }
}
