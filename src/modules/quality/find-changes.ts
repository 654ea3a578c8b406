import type { Context } from '../../context.ts'
import { OVERVIEW_ID } from './domain/report-tree.ts'
import { type ChangeEntry, findChangesOf } from './store/changes.ts'
import { findReportOfItem } from './store/items.ts'
import { visibleReports } from './visible-reports.ts'

const MOST = 1000

/** Everything that happened to the overview and to the reports that the actor may see, the latest first. */
export async function findAllChanges(ctx: Context, limit: number): Promise<readonly ChangeEntry[]> {
  const ids = (await visibleReports(ctx)).map(({ id }) => id)
  return shown(ctx, await findChangesOf(ctx.db, [OVERVIEW_ID, ...ids], Math.min(limit, MOST)))
}

/**
 * What happened to an item and in it, the latest first; nothing of an item in a report that the actor may not see.
 *
 * @param before id of a change: only what came before it
 */
export async function findChangesOfItem(
  ctx: Context,
  id: string,
  { limit, before }: { readonly limit: number; readonly before?: number },
): Promise<readonly ChangeEntry[]> {
  const reportId = id === OVERVIEW_ID ? id : await findReportOfItem(ctx.db, id)
  const isVisible = id === OVERVIEW_ID || (await visibleReports(ctx)).some((report) => report.id === reportId)
  return isVisible ? shown(ctx, await findChangesOf(ctx.db, [id], Math.min(limit, MOST), before)) : []
}

/** E-mail addresses are for people who have signed in. */
function shown({ actor }: Context, entries: readonly ChangeEntry[]): readonly ChangeEntry[] {
  return actor.kind === 'anonymous' ? entries.map((entry) => ({ ...entry, authorEmail: '' })) : entries
}
