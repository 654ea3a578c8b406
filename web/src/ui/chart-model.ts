import type { StatusToken } from '../theme/tokens.ts'
import { formatNumber } from './number-text.ts'

/** One measurement in a chart. */
export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly value: number | null
  readonly status?: StatusToken
  /** Difference from the reference, as the field shows it: `+2.7 %`. */
  readonly difference?: string
  readonly person?: string
  readonly comment?: string
  /** Page of the session or result behind the point. */
  readonly to?: string
}

/** Limits that hold from an instant until the next ones do. Ends that are not limited are left out. */
export interface ChartBand {
  readonly from: number
  readonly actLow?: number
  readonly tolLow?: number
  readonly tolHigh?: number
  readonly actHigh?: number
}

export interface ChartSeries {
  readonly id: string
  readonly name: string
  readonly unit?: string
  readonly digits?: number
  /** In order of time. */
  readonly points: readonly ChartPoint[]
  readonly bands?: readonly ChartBand[]
  /** References with the instants from which they hold. */
  readonly references?: readonly { readonly from: number; readonly value: number }[]
  /** Limits of control: mean and both limits, drawn when asked for. */
  readonly control?: { readonly mean: number; readonly lower: number; readonly upper: number }
}

/** Something that happened to the thing measured: service, change of reference. */
export interface ChartEvent {
  readonly at: number
  readonly label: string
  readonly detail?: string
  readonly token?: StatusToken
  /** Page of what happened. */
  readonly to?: string
}

export interface ChartModel {
  readonly series: readonly ChartSeries[]
  /** What the points stand along where that is no time: `at` is then a number of this, with its unit in the name. */
  readonly along?: string
  readonly events?: readonly ChartEvent[]
}

/** Where a point stands: its number where the chart runs along something else than time. */
export function formatPlace(model: ChartModel, at: number, formatTime: (at: number) => string): string {
  return model.along === undefined ? formatTime(at) : `${model.along}: ${formatNumber(at)}`
}

/** A value with its unit, in the precision of its series. */
export function formatPoint(series: ChartSeries, value: number | null): string {
  if (value === null) return '–'
  const text = formatNumber(value, series.digits === undefined ? {} : { digits: series.digits })
  return series.unit === undefined ? text : `${text} ${series.unit}`
}

/** First and last instant of everything shown; undefined for an empty chart. */
export function timeSpan(series: readonly ChartSeries[]): readonly [number, number] | undefined {
  const ends = series
    .flatMap(({ points }) => [points[0]?.at, points.at(-1)?.at])
    .filter((at) => at !== undefined)
  return ends.length === 0 ? undefined : [Math.min(...ends), Math.max(...ends)]
}

/**
 * The ends of the value axis: all values, and the limits when they do not dwarf them.
 * Limits more than four times wider than the data would press it into a line.
 */
export function valueSpan(series: readonly ChartSeries[]): readonly [number, number] {
  const values = series
    .flatMap(({ points }) => points.map(({ value }) => value))
    .filter((value) => value !== null)
  if (values.length === 0) return [0, 1]
  const [low, high] = extent(values)
  const limits = series
    .flatMap(({ bands }) => bands ?? [])
    .flatMap(({ actLow, tolLow, tolHigh, actHigh }) => [actLow, tolLow, tolHigh, actHigh])
    .filter((limit) => limit !== undefined)
  const [wideLow, wideHigh] = extent([low, high, ...limits])
  const span = high - low || Math.abs(high) * 0.02 || 1
  const [from, to] = wideHigh - wideLow <= 4 * span ? [wideLow, wideHigh] : [low, high]
  const margin = (to - from || span) * 0.08
  return [from - margin, to + margin]
}

/** Not `Math.min(...values)`: two years of many series exceed the number of arguments a call may have. */
function extent(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

/** The data as CSV (RFC 4180), times in ISO 8601, one line per point. */
export function chartCsv({ series, events = [], along }: ChartModel): string {
  const head = [along ?? 'time', 'series', 'value', 'unit', 'status', 'difference', 'person', 'comment']
  const points = series.flatMap((one) =>
    one.points.map((point) => [
      along === undefined ? new Date(point.at).toISOString() : String(point.at),
      one.name,
      point.value === null ? '' : String(point.value),
      one.unit ?? '',
      point.status ?? '',
      point.difference ?? '',
      point.person ?? '',
      point.comment ?? '',
    ]),
  )
  const marks = events.map((event) => [
    new Date(event.at).toISOString(),
    'event',
    '',
    '',
    event.token ?? '',
    '',
    '',
    [event.label, event.detail].filter(Boolean).join(': '),
  ])
  return [head, ...points, ...marks].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** A leading `=`, `+`, `-` or `@` would be run as a formula by a spreadsheet; numbers may keep their sign. */
function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
