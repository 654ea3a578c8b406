import type { TimePoint } from './thin-min-max.ts'
import type { TimeSeriesChart } from './time-series-chart.ts'

export type ValueRange = { readonly lowest: number; readonly highest: number }

/**
 * Ends of the value axis: everything that is drawn fits, with a twentieth of air above and below. A chart without any
 * value gets 0 to 1, a single value one unit around it.
 */
export function valueRange(chart: TimeSeriesChart): ValueRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of shownValues(chart)) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return { lowest: chart.lowest ?? 0, highest: chart.highest ?? 1 }
  const air = high > low ? (high - low) / 20 : Math.abs(high) / 2 || 1
  return { lowest: chart.lowest ?? low - air, highest: chart.highest ?? high + air }
}

function* shownValues(chart: TimeSeriesChart): Generator<number> {
  for (const { points } of chart.series) yield* finiteValues(points)
  for (const { value } of [...(chart.references ?? []), ...(chart.limits ?? [])]) yield value
  for (const { low, high } of chart.bands ?? []) yield* [low, high].filter((edge) => edge !== undefined)
}

function* finiteValues(points: readonly TimePoint[]): Generator<number> {
  for (const [, value] of points) {
    if (value !== null && Number.isFinite(value)) yield value
  }
}
