import type { Context } from '../../context.ts'
import { metricsOf, textOf } from './domain/report-tree.ts'
import { countStatuses, type StatusCounts } from './domain/status.ts'
import { type LoadedReport, loadReport } from './load-reports.ts'
import { metricStates } from './metric-states.ts'
import { noSuch, type Reading } from './visible-reports.ts'

export type StatusSummary = {
  readonly reportId: string
  readonly title: string
  readonly counts: StatusCounts
}

/** How many metrics of a report have each status now. @throws RefusedError `not-found` */
export async function statusSummary(ctx: Context, id: string, reading: Reading = {}): Promise<StatusSummary> {
  const report = await loadReport(ctx, id, reading)
  if (!report) throw noSuch('report', id)
  const [summary] = await summarise(ctx, [report])
  if (!summary) throw noSuch('report', id)
  return summary
}

/** The counts of several reports, in their order. */
export async function summarise(
  ctx: Context,
  reports: readonly LoadedReport[],
  at?: Date,
): Promise<readonly StatusSummary[]> {
  const metrics = reports.map(({ tree }) => metricsOf(tree).map(({ metric }) => metric))
  const states = await metricStates(ctx, metrics.flat(), { at, recent: 'none' })
  return reports.map(({ tree }, index) => ({
    reportId: tree.id,
    title: textOf(tree.attributes, 'title') ?? '',
    counts: countStatuses((metrics[index] ?? []).map(({ id }) => states.get(id)?.status ?? null)),
  }))
}
