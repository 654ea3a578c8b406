import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { metricsOf, objectOf, textOf } from './domain/report-tree.ts'
import type { LatestChange } from './latest-changes.ts'
import { loadReports, readingDatabase } from './load-reports.ts'
import type { KeptMeasurement } from './measure-again.ts'
import type { Quality } from './quality.ts'
import { questionOf } from './sources/touchstone.ts'
import { findChanges } from './store/changes.ts'
import { findItem, findItemsOfReports, findReportOfItem, type StoredItem } from './store/items.ts'
import {
  type Cursor,
  findMeasurementsBetween,
  findMeasurementsOf,
  type StoredMeasurement,
  withEntities,
} from './store/measurements.ts'
import { findVisibleReport } from './visible-reports.ts'

const MOST = 20_000

/** All measurements of a metric until an instant, oldest first, the last with what its sources found. */
export async function measurementsOfMetric(
  ctx: Context,
  quality: Quality,
  metricId: string,
  until: Date,
): Promise<{ readonly earlier: readonly StoredMeasurement[]; readonly last: KeptMeasurement | undefined }> {
  const reportId = await findReportOfItem(ctx.db, metricId)
  if (reportId === undefined || !(await findVisibleReport(ctx, reportId)))
    return { earlier: [], last: undefined }
  const db = readingDatabase(ctx)
  const found = await findMeasurementsOf(db, metricId, { until, limit: MOST })
  const last = found.at(-1)
  if (!last) return { earlier: [], last: undefined }
  const kept = await withEntities(db, last)
  return { earlier: found.slice(0, -1), last: await withoutForeignEntities(ctx, quality, metricId, kept) }
}

/** What was counted in a part of the laboratory is for those who belong to that part; others see the number. */
export async function withoutForeignEntities(
  ctx: Context,
  quality: Quality,
  metricId: string,
  measurement: KeptMeasurement,
): Promise<KeptMeasurement> {
  const hidden = await hiddenSources(ctx, quality, metricId)
  if (hidden.size === 0) return measurement
  const sources = measurement.sources.map((source) =>
    hidden.has(source.sourceId) ? { ...source, entities: [], judgements: {} } : source,
  )
  return { ...measurement, sources }
}

/** Sources of a metric that ask a part of the laboratory to which the actor does not belong. */
export async function hiddenSources(
  ctx: Context,
  quality: Quality,
  metricId: string,
): Promise<ReadonlySet<string>> {
  const metric = await findItem(ctx.db, metricId)
  if (!metric) return new Set()
  const items = await findItemsOfReports(ctx.db, [metric.reportId])
  const own = items.filter((item) => item.parentId === metricId && item.attributes.type === 'touchstone')
  return new Set(own.filter((item) => !maySee(ctx, quality, metric, item)).map(({ id }) => id))
}

function maySee(ctx: Context, quality: Quality, metric: StoredItem, source: StoredItem): boolean {
  const question = questionOf(textOf(metric.attributes, 'type') ?? '', objectOf(source.attributes.parameters))
  const part = question && quality.ownParts[question]
  return part === undefined || hasPermission(ctx.actor, part.permission)
}

const PAGE = 500

/** Every measurement of reports that the actor may see, by its start, in pages. */
export async function* measurementsBetween(
  ctx: Context,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<readonly StoredMeasurement[]> {
  const reports = await loadReports(ctx)
  const visible = new Set(reports.flatMap(({ tree }) => metricsOf(tree).map(({ metric }) => metric.id)))
  const db = readingDatabase(ctx)
  let after: Cursor | undefined
  for (;;) {
    const page = await findMeasurementsBetween(db, { from, to, after, limit: PAGE })
    const last = page.at(-1)
    if (!last) return
    yield page.filter(({ metricId }) => visible.has(metricId))
    if (page.length < PAGE) return
    after = { start: last.start, id: last.id }
  }
}

/** The change by which somebody made a measurement. */
export async function changeOf(
  ctx: Context,
  { changeId }: Pick<StoredMeasurement, 'changeId'>,
): Promise<LatestChange | undefined> {
  if (changeId === null) return undefined
  const change = (await findChanges(ctx.db, [changeId])).get(changeId)
  if (!change) return undefined
  const email = ctx.actor.kind === 'anonymous' ? '' : change.authorEmail
  return { at: change.at, description: change.description, email, uuids: change.itemIds }
}
