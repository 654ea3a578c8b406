import { type ControlLimits, meanOf, sampleDeviation } from './control-limits.ts'
import { rangeConstants } from './range-constants.ts'

/** A Shewhart chart: what is plotted, with the limits that its first values, the baseline, gave. */
export type ShewhartChart = {
  /** individual values, or means of subgroups */
  readonly values: readonly number[]
  readonly limits: ControlLimits
  /** moving ranges (one fewer than values), or ranges of subgroups */
  readonly ranges: readonly number[]
  readonly rangeLimits: ControlLimits
  /** limits from the spread of the baseline's means instead of from its ranges */
  readonly secondary: ControlLimits
}

/**
 * How the mean range of the baseline is taken: `plain` divides by the number of ranges (ISO 7870-2); `pawlicki`
 * multiplies that by b/(b − 1) for b subgroups, as Pawlicki, Whitaker and Boyer (Med Phys 32, 2005, 2777) are
 * commonly implemented in machine QA. For individual values both give the mean of the b − 1 moving ranges.
 */
export type RangeMean = 'plain' | 'pawlicki'

/** 3 standard deviations, as Shewhart chose. */
const WIDTH = 3
const FEWEST = 2

/**
 * Chart of individual values with moving ranges of two: limits x̄ ± 3·MR̄/d2(2); ranges up to MR̄ (1 + 3·d3/d2)
 * (ISO 7870-2; NIST/SEMATECH e-Handbook 6.3.2.2).
 *
 * @param baseline how many of the first values give the limits
 * @returns undefined if there are fewer than two values in the baseline
 */
export function individualsChart(values: readonly number[], baseline: number): ShewhartChart | undefined {
  const base = values.slice(0, baseline)
  if (base.length < FEWEST || values.length < baseline) return undefined
  const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)))
  const meanRange = meanOf(ranges.slice(0, base.length - 1))
  return chartOf({ values, base, ranges, meanRange, size: 1 })
}

/**
 * Chart of means of subgroups of successive values, and of their ranges: limits x̄̄ ± 3·R̄/(d2·√n), ranges
 * R̄ (1 ± 3·d3/d2) but never below 0 (ISO 7870-2). Values that fill no whole subgroup at the end are left out.
 *
 * @param size values in a subgroup, 1 to 99; 1 is {@link individualsChart}
 * @param baseline how many of the first subgroups give the limits, at least 2
 * @returns undefined if there are not enough subgroups
 */
export function subgroupChart(
  values: readonly number[],
  { size, baseline, rangeMean = 'plain' }: { size: number; baseline: number; rangeMean?: RangeMean },
): ShewhartChart | undefined {
  if (size === 1) return individualsChart(values, baseline)
  const groups = subgroupsOf(values, size)
  if (baseline < FEWEST || groups.length < baseline) return undefined
  const means = groups.map(meanOf)
  const ranges = groups.map((group) => Math.max(...group) - Math.min(...group))
  const plain = meanOf(ranges.slice(0, baseline))
  const meanRange = rangeMean === 'pawlicki' ? (plain * baseline) / (baseline - 1) : plain
  return chartOf({ values: means, base: means.slice(0, baseline), ranges, meanRange, size })
}

/** Successive values in groups of a size; what fills no group is left out. */
export function subgroupsOf(values: readonly number[], size: number): readonly (readonly number[])[] {
  const count = Math.floor(values.length / size)
  return Array.from({ length: count }, (_, index) => values.slice(index * size, (index + 1) * size))
}

type Parts = {
  readonly values: readonly number[]
  readonly base: readonly number[]
  readonly ranges: readonly number[]
  readonly meanRange: number
  readonly size: number
}

function chartOf({ values, base, ranges, meanRange, size }: Parts): ShewhartChart {
  // individual values have no range of their own: that of two neighbours stands for it
  const { d2, d3 } = rangeConstants(Math.max(size, 2))
  const centre = meanOf(base)
  return {
    values,
    limits: limitsAround(centre, meanRange / (d2 * Math.sqrt(size))),
    ranges,
    rangeLimits: notBelowZero(limitsAround(meanRange, (meanRange * d3) / d2)),
    secondary: limitsAround(centre, sampleDeviation(base)),
  }
}

function limitsAround(centre: number, sigma: number): ControlLimits {
  return { centre, sigma, lower: centre - WIDTH * sigma, upper: centre + WIDTH * sigma }
}

function notBelowZero(limits: ControlLimits): ControlLimits {
  return { ...limits, lower: Math.max(0, limits.lower) }
}
