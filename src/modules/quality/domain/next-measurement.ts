import { carryJudgements, keptEntities } from './entity.ts'
import {
  type IssueStatus,
  judge,
  type Measurement,
  type MeasuringCircumstances,
  type SourceReading,
} from './measurement.ts'
import type { Metric } from './metric.ts'
import { readMetric } from './metric.ts'
import type { MetricItem } from './report-tree.ts'

/** What reading the sources of a metric gave. */
export type Reading = {
  readonly sources: readonly SourceReading[]
  readonly issues: readonly IssueStatus[]
  readonly parameterHash: string
}

export type Known = {
  readonly reportId: string
  /** the newest measurement */
  readonly latest: Measurement | undefined
  /** the newest one without an error */
  readonly latestGood: Measurement | undefined
  /** of the metric that this one was copied from, while it has none of its own */
  readonly ofOriginal: Measurement | undefined
}

/** What becomes of a reading. */
export type NextMeasurement =
  | { readonly kind: 'discard' }
  /** nothing has changed: the newest measurement goes on until now */
  | { readonly kind: 'extend' }
  | { readonly kind: 'store'; readonly measurement: Measurement }

/** Decides whether a reading is news. */
export function nextMeasurement(
  item: MetricItem,
  reading: Reading,
  known: Known,
  circumstances: MeasuringCircumstances,
): NextMeasurement {
  const own = new Set(item.sources.map(({ id }) => id))
  if (!reading.sources.every(({ sourceId }) => own.has(sourceId))) return { kind: 'discard' }
  const metric = readMetric(item)
  const made = makeMeasurement(metric, item, reading, known, circumstances)
  const { latest } = known
  if (latest && !isRequested(metric, latest) && isSame(made, latest)) return { kind: 'extend' }
  return { kind: 'store', measurement: made }
}

function makeMeasurement(
  metric: Metric,
  item: MetricItem,
  reading: Reading,
  known: Known,
  circumstances: MeasuringCircumstances,
): Measurement {
  const { now } = circumstances
  const sources = withHistory(item, reading.sources, known, now)
  const judged = judge(metric, item.sources, sources, reading.issues, known.latest, circumstances)
  return {
    metricId: item.id,
    reportId: known.reportId,
    start: now,
    end: now,
    ...judged,
    sources,
    issues: reading.issues,
    parameterHash: reading.parameterHash,
    changeId: null,
  }
}

/** Gives entities the moment when they were first seen, and to each source what people said about its entities. */
function withHistory(
  item: MetricItem,
  readings: readonly SourceReading[],
  { latest, latestGood, ofOriginal }: Known,
  now: Date,
): readonly SourceReading[] {
  return readings.map((reading) => {
    const before = sourceOf(latestGood ?? latest, reading.sourceId) ?? originalOf(item, reading, ofOriginal)
    const hasFailed = reading.connectionError !== null || reading.parseError !== null
    const entities = keptEntities(reading.entities, before?.entities ?? [], now)
    const judgements = before?.judgements ?? {}
    return {
      ...reading,
      entities,
      judgements: hasFailed ? judgements : carryJudgements(judgements, entities, now),
    }
  })
}

function originalOf(
  item: MetricItem,
  { sourceId }: SourceReading,
  original: Measurement | undefined,
): SourceReading | undefined {
  const from = item.sources.find(({ id }) => id === sourceId)?.attributes.copied_from
  return typeof from === 'string' ? sourceOf(original, from) : undefined
}

function sourceOf(measurement: Measurement | undefined, sourceId: string): SourceReading | undefined {
  return measurement?.sources.find((source) => source.sourceId === sourceId)
}

/** Somebody asked for a measurement after the newest one. */
export function isRequested({ measurementRequested }: Metric, { end }: Pick<Measurement, 'end'>): boolean {
  if (measurementRequested === null) return false
  const requested = Date.parse(measurementRequested)
  return !Number.isNaN(requested) && requested >= end.getTime()
}

function isSame(made: Measurement, latest: Measurement): boolean {
  return (
    made.hasError === latest.hasError &&
    made.parameterHash === latest.parameterHash &&
    canonical(made.scales) === canonical(latest.scales) &&
    canonical(made.issues) === canonical(latest.issues) &&
    canonical(made.sources) === canonical(latest.sources)
  )
}

/** JSON with sorted keys: equal values give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

/** The newest measurement again, after a person changed what it is compared with or what of it counts. */
export function measureAgain(
  item: MetricItem,
  latest: Measurement,
  circumstances: MeasuringCircumstances,
  sources: readonly SourceReading[] = latest.sources,
): Measurement {
  const { now } = circumstances
  const judged = judge(readMetric(item), item.sources, sources, latest.issues, latest, circumstances)
  return { ...latest, ...judged, sources, start: now, end: now, changeId: null }
}
