import { createHash } from 'node:crypto'
import { asSystem, type Context } from '../../../context.ts'
import { canonical } from '../domain/next-measurement.ts'
import { type MetricItem, metricsOf } from '../domain/report-tree.ts'
import { loadReports } from '../load-reports.ts'
import type { Quality } from '../quality.ts'
import { claimMetric, type Due, findDueTimes } from '../store/collection.ts'
import { extendMeasurement, findMetricState } from '../store/measurements.ts'
import { measureMetric, unmeasuredBecause } from './measure-metric.ts'
import type { FetchSource } from './source-reader.ts'

export type CollectorSettings = {
  /** metrics started at each wake-up */
  readonly limit: number
  /** milliseconds until a metric is measured again */
  readonly frequencyMs: number
  /** `keep` asks nothing of other servers: their newest measurements go on */
  readonly outside: 'measure' | 'keep'
}

const USUAL: CollectorSettings = { limit: 30, frequencyMs: 900_000, outside: 'measure' }

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
  given: Partial<CollectorSettings> = {},
): Promise<number> {
  const settings = { ...USUAL, ...given }
  const ctx = asSystem(base, 'quality.collect')
  const now = ctx.now()
  const due = await findDueTimes(ctx.db)
  const wanted = dueMetrics(await metricsToMeasure(ctx, settings.outside), due, now).slice(0, settings.limit)
  const next = new Date(now.getTime() + settings.frequencyMs)
  const claimed = await Promise.all(
    wanted.map(async ({ metric, hash }) =>
      (await claimMetric(ctx.db, metric.id, due.get(metric.id), { dueAt: next, settingsHash: hash }))
        ? metric
        : undefined,
    ),
  )
  const metrics = claimed.filter((metric) => metric !== undefined)
  await Promise.all(
    metrics.map((metric) =>
      settings.outside === 'keep' && asksOthers(metric)
        ? keepMeasurement(ctx, metric.id)
        : measureMetric(ctx, quality, metric.id, fetch),
    ),
  )
  return metrics.length
}

const ASKS_NOBODY: readonly unknown[] = ['manual_number', 'manual_version', 'calendar', 'touchstone']

function asksOthers({ sources }: MetricItem): boolean {
  return sources.some(({ attributes }) => !ASKS_NOBODY.includes(attributes.type))
}

async function keepMeasurement(ctx: Context, metricId: string): Promise<void> {
  const state = await findMetricState(ctx.db, metricId)
  if (state) await extendMeasurement(ctx.db, state.latestId, ctx.now())
}

/** Metrics with an unread kind of source wait; where nothing is asked of others, what was measured once goes on. */
async function metricsToMeasure(
  ctx: Context,
  outside: CollectorSettings['outside'],
): Promise<readonly MetricItem[]> {
  const reports = await loadReports(ctx)
  return reports
    .flatMap(({ tree }) => metricsOf(tree).map(({ metric }) => metric))
    .filter((metric) => unmeasuredBecause(metric) === undefined || (outside === 'keep' && asksOthers(metric)))
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
