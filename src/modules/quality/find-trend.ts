import type { Context } from '../../context.ts'
import { type CalendarDay, endOfDay } from '../../core/calendar.ts'
import { readMetric } from './domain/metric.ts'
import { metricsOf } from './domain/report-tree.ts'
import { type Overrun, overrunDays, overrunsOf, type StatusSpan } from './domain/response-times.ts'
import { type LoadedReport, loadReport, readingDatabase } from './load-reports.ts'
import { findItem } from './store/items.ts'
import {
  findDailyPoints,
  findLatestMeasurementsAt,
  findTrendPoints,
  type TrendPoint,
} from './store/measurements.ts'
import { noSuch, type Reading, requireVisibleReport } from './visible-reports.ts'

/** A value on the scale of its metric, while it held. */
export type ValueSpan = StatusSpan & { readonly value: string | null }

const MOST_POINTS = 2000

/** How a metric went over a time, oldest first; evenly thinned where there is too much to draw. */
export async function findTrend(
  ctx: Context,
  metricId: string,
  span: { readonly from: Date; readonly to: Date },
  reading: Reading = {},
): Promise<readonly ValueSpan[]> {
  const item = await findItem(ctx.db, metricId)
  if (item?.kind !== 'metric') throw noSuch('metric', metricId)
  await requireVisibleReport(ctx, item.reportId, reading)
  const { scale } = readMetric(item)
  const points = await findTrendPoints(readingDatabase(ctx), [metricId], span)
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS))
  const kept = points.filter((_point, index) => index % step === 0 || index === points.length - 1)
  return kept.map((point) => spanOf(point, scale))
}

function spanOf(
  { start, end, scales }: Pick<TrendPoint, 'start' | 'end' | 'scales'>,
  scale: keyof TrendPoint['scales'],
): ValueSpan {
  return { start, end, value: scales[scale]?.value ?? null, status: scales[scale]?.status ?? null }
}

/** What metrics of a report were at the end of days, and where reacting took too long in between. */
export type ReportDates = {
  readonly report: LoadedReport
  readonly metrics: ReadonlyMap<string, MetricDates>
}

export type MetricDates = {
  /** in the order of the days; undefined where nothing is known */
  readonly values: readonly (ValueSpan | undefined)[]
  readonly overrunDays: number
  readonly overruns: readonly Overrun[]
}

/** @throws RefusedError `not-found` */
export async function findReportDates(
  ctx: Context,
  reportId: string,
  days: readonly CalendarDay[],
  reading: Reading = {},
): Promise<ReportDates> {
  const report = await loadReport(ctx, reportId, reading)
  if (!report) throw noSuch('report', reportId)
  const metrics = metricsOf(report.tree).map(({ metric }) => readMetric(metric))
  const now = ctx.now()
  const moments = days.map((day) => new Date(Math.min(endOfDay(day, ctx.zone).getTime(), now.getTime())))
  const span = {
    from: new Date(Math.min(...moments.map(Number))),
    to: new Date(Math.max(...moments.map(Number))),
  }
  const ids = metrics.map(({ id }) => id)
  const db = readingDatabase(ctx)
  const known = await Promise.all(
    moments.map((at) => findLatestMeasurementsAt(db, ids, { at, since: new Date(at.getTime() - WEEK_MS) })),
  )
  // one point a day tells well enough how long a status lasted
  const byMetric = Map.groupBy(await findDailyPoints(db, ids, span), ({ metricId }) => metricId)
  const desired = report.tree.attributes.desired_response_times
  return {
    report,
    metrics: new Map(
      metrics.map(({ id, scale }) => {
        const spans = (byMetric.get(id) ?? []).map((point) => spanOf(point, scale))
        const values = known.map((latest) => {
          const found = latest.get(id)
          return found && spanOf(found, scale)
        })
        return [
          id,
          { values, overrunDays: overrunDays(spans, desired), overruns: overrunsOf(spans, desired) },
        ]
      }),
    ),
  }
}

/** How long a measurement counts as what is known. */
const WEEK_MS = 7 * 86_400_000
