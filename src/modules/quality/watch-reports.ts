import type { Context } from '../../context.ts'
import { OVERVIEW_ID } from './domain/report-tree.ts'
import { findReportOfItem } from './store/items.ts'
import { findVisibleReport, type Reading } from './visible-reports.ts'

/** Whether an event about a report or a metric concerns something that the actor may see. */
export async function isSeenBy(
  ctx: Context,
  kind: string,
  id: string,
  reading: Reading = {},
): Promise<boolean> {
  if (id === OVERVIEW_ID) return true
  const reportId = kind === 'metric' ? await findReportOfItem(ctx.db, id) : id
  return reportId !== undefined && (await findVisibleReport(ctx, reportId, reading)) !== undefined
}
