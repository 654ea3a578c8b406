import type { Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { chosenValue } from './domain/measurement.ts'
import { readMetric } from './domain/metric.ts'
import { parameterHash } from './domain/parameter-hash.ts'
import type { MetricItem } from './domain/report-tree.ts'
import { type Status, statusWithoutValue } from './domain/status.ts'
import { readingDatabase } from './load-reports.ts'
import {
  findDailyPoints,
  findLatestMeasurements,
  findLatestMeasurementsAt,
  findTrendPoints,
  type StoredMeasurement,
  type TrendPoint,
} from './store/measurements.ts'

/** What is known about a metric at a time. */
export type MetricState = {
  readonly status: Status | null
  readonly statusStart: Date | null
  /** the newest measurement, unless it is older than a week */
  readonly latest: StoredMeasurement | undefined
  /** the sources were changed after it */
  readonly isOutdated: boolean
  /** measurements of the last week, oldest first */
  readonly recent: readonly TrendPoint[]
}

const WEEK_MS = 7 * 86_400_000

export type StateOptions = {
  readonly at?: Date | undefined
  /** `daily` gives one measurement a day, which is enough for small charts */
  readonly recent: 'all' | 'daily' | 'none'
}

/** The states of metrics, by metric. */
export async function metricStates(
  ctx: Context,
  metrics: readonly MetricItem[],
  { at, recent }: StateOptions,
): Promise<ReadonlyMap<string, MetricState>> {
  const db = readingDatabase(ctx)
  const now = at ?? ctx.now()
  const since = new Date(now.getTime() - WEEK_MS)
  const ids = metrics.map(({ id }) => id)
  const [newest, points] = await Promise.all([
    at ? findLatestMeasurementsAt(db, ids, { at, since }) : findLatestMeasurements(db, ids),
    recent === 'none'
      ? []
      : recent === 'all'
        ? findTrendPoints(db, ids, { from: since, to: now })
        : findDailyPoints(db, ids, { from: since, to: now }),
  ])
  const pointsOf = Map.groupBy(points, ({ metricId }) => metricId)
  const today = zoneDay(now, ctx.zone)
  return new Map(
    metrics.map((metric) => {
      const found = newest.get(metric.id)
      const latest = found && found.end >= since ? found : undefined
      return [metric.id, stateOf(metric, latest, pointsOf.get(metric.id) ?? [], { today, isPresent: !at })]
    }),
  )
}

function stateOf(
  item: MetricItem,
  latest: StoredMeasurement | undefined,
  recent: readonly TrendPoint[],
  { today, isPresent }: { readonly today: string; readonly isPresent: boolean },
): MetricState {
  const metric = readMetric(item)
  const chosen = chosenValue(metric, latest)
  const isOutdated =
    isPresent &&
    latest !== undefined &&
    latest.parameterHash !== null &&
    latest.parameterHash !== parameterHash(item)
  return {
    status: chosen?.status ?? statusWithoutValue(metric, today),
    statusStart: chosen ? new Date(chosen.statusStart) : null,
    latest,
    isOutdated,
    recent,
  }
}
