import { createHash } from 'node:crypto'
import { asSystem, type Context } from '../../../context.ts'
import { canonical } from '../domain/next-measurement.ts'
import { type MetricItem, metricsOf } from '../domain/report-tree.ts'
import { loadReports } from '../load-reports.ts'
import type { Quality } from '../quality.ts'
import { claimMetric, type Due, findDueTimes } from '../store/collection.ts'
import { measureMetric, unmeasuredBecause } from './measure-metric.ts'
import type { FetchSource } from './source-reader.ts'

export type CollectorSettings = {
  /** metrics started at each wake-up */
  readonly limit: number
  /** milliseconds until a metric is measured again */
  readonly frequencyMs: number
}

export const COLLECTOR_SETTINGS: CollectorSettings = { limit: 30, frequencyMs: 900_000 }

/**
 * Measures the metrics that were edited since they were measured, then those that are due. Several servers share the
 * work: whoever moves the time of a metric on measures it.
 *
 * @returns how many were measured
 */
export async function collectDue(
  base: Context,
  quality: Quality,
  fetch: FetchSource,
  settings: CollectorSettings = COLLECTOR_SETTINGS,
): Promise<number> {
  const ctx = asSystem(base, 'quality.collect')
  const now = ctx.now()
  const due = await findDueTimes(ctx.db)
  const wanted = dueMetrics(await metricsToMeasure(ctx), due, now).slice(0, settings.limit)
  const next = new Date(now.getTime() + settings.frequencyMs)
  const claimed = await Promise.all(
    wanted.map(async ({ metric, hash }) =>
      (await claimMetric(ctx.db, metric.id, due.get(metric.id), { dueAt: next, settingsHash: hash }))
        ? metric
        : undefined,
    ),
  )
  const metrics = claimed.filter((metric) => metric !== undefined)
  await Promise.all(metrics.map(({ id }) => measureMetric(ctx, quality, id, fetch)))
  return metrics.length
}

async function metricsToMeasure(ctx: Context): Promise<readonly MetricItem[]> {
  const reports = await loadReports(ctx)
  return reports
    .flatMap(({ tree }) => metricsOf(tree).map(({ metric }) => metric))
    .filter((metric) => unmeasuredBecause(metric) === undefined)
}

type Wanted = { readonly metric: MetricItem; readonly hash: string }

function dueMetrics(
  metrics: readonly MetricItem[],
  due: ReadonlyMap<string, Due>,
  now: Date,
): readonly Wanted[] {
  const hashed = metrics.map((metric) => ({ metric, hash: settingsHash(metric) }))
  const isEdited = ({ metric, hash }: Wanted) => due.get(metric.id)?.settingsHash !== hash
  const isDue = ({ metric }: Wanted) => (due.get(metric.id)?.dueAt ?? now) <= now
  return [...hashed.filter(isEdited), ...hashed.filter((each) => !isEdited(each) && isDue(each))]
}

function settingsHash(metric: MetricItem): string {
  return createHash('md5').update(canonical(metric)).digest('hex')
}
