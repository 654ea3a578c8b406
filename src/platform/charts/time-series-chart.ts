import { invalidInput } from '../../core/refusal.ts'
import type { TimePoint } from './thin-min-max.ts'

/** How good a value inside a band is, in the tokens of the application. */
export type BandLevel = 'ok' | 'warn' | 'act'

/** Values `low` to `high` during a time; without one of them the band is open to that side. */
export type Band = {
  readonly from: Date
  readonly to: Date
  readonly level: BandLevel
  readonly low?: number
  readonly high?: number
}

export type Series = {
  readonly name: string
  /** In order of time. */
  readonly points: readonly TimePoint[]
  /** `line` joins its points, `step` keeps a value until the next one, `points` draws marks only. */
  readonly drawAs: 'line' | 'step' | 'points'
}

/** A value that was the reference from an instant on, until the next one. */
export type ReferenceStep = { readonly from: Date; readonly value: number }

/** A vertical mark; drawn with its number, so that a list below the chart can name it. */
export type ChartEvent = { readonly at: Date; readonly label: string }

/** A horizontal line, for instance a control limit. */
export type LimitLine = {
  readonly value: number
  readonly label: string
  readonly kind: 'centre' | 'warning' | 'control'
}

/** A time series as pure data; drawn by the document builder, or as an SVG of its own. */
export type TimeSeriesChart = {
  /** Times are labelled in this zone and this language. */
  readonly zone: string
  readonly locale: string
  /** Ends of the time axis; those of the data when absent. */
  readonly from?: Date
  readonly to?: Date
  /** Stands above the value axis. */
  readonly unit?: string
  readonly series: readonly Series[]
  readonly references?: readonly ReferenceStep[]
  readonly bands?: readonly Band[]
  readonly events?: readonly ChartEvent[]
  readonly limits?: readonly LimitLine[]
  /** Ends of the value axis; chosen to show data, references, limits and bands when absent. */
  readonly lowest?: number
  readonly highest?: number
}

/** In CSS pixels, the unit of SVG; 96 of them are an inch. */
export type ChartSize = { readonly width: number; readonly height: number }

export const CHART_LIMITS = { series: 40, points: 2_000_000, bands: 2_000, marks: 500 }

/** @throws RefusedError `invalid-input` for more than can be drawn or understood, before any work is done */
export function requireDrawable(chart: TimeSeriesChart, size: ChartSize): void {
  const points = chart.series.reduce((sum, series) => sum + series.points.length, 0)
  const marks = (chart.events?.length ?? 0) + (chart.limits?.length ?? 0) + (chart.references?.length ?? 0)
  if (chart.series.length > CHART_LIMITS.series) throw tooMany('series', CHART_LIMITS.series)
  if (points > CHART_LIMITS.points) throw tooMany('points', CHART_LIMITS.points)
  if ((chart.bands?.length ?? 0) > CHART_LIMITS.bands) throw tooMany('bands', CHART_LIMITS.bands)
  if (marks > CHART_LIMITS.marks) throw tooMany('events, limits and references', CHART_LIMITS.marks)
  if (![size.width, size.height].every((length) => length >= 50 && length <= 4000)) {
    throw invalidInput('size', 'A chart is 50 to 4000 pixels wide and high.')
  }
}

function tooMany(what: string, limit: number): Error {
  return invalidInput('chart', `A chart shows at most ${limit} ${what}.`)
}
