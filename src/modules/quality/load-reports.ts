import type { Context } from '../../context.ts'
import type { Database } from '../../platform/database/database.ts'
import { OVERVIEW_ID, type ReportTree } from './domain/report-tree.ts'
import { findItem, findItemsOfReports, findReportItems, type StoredItem } from './store/items.ts'
import type { ReportAccess } from './store/reports.ts'
import { findVisibleReport, type Reading, visibleReports } from './visible-reports.ts'

/** A report with who may see it. */
export type LoadedReport = {
  readonly tree: ReportTree
  readonly access: ReportAccess
  readonly changedAt: Date
}

/** Heavy reads leave the connection that writes alone, except inside a transaction. */
export function readingDatabase(ctx: Context): Database {
  return ctx.inTransaction ? ctx.db : ctx.database.reader
}

/** One report as it is, or as it was at an instant; undefined where the actor sees none. */
export async function loadReport(
  ctx: Context,
  id: string,
  { at, ...reading }: { readonly at?: Date | undefined } & Reading = {},
): Promise<LoadedReport | undefined> {
  const access = await findVisibleReport(ctx, id, reading)
  if (!access) return undefined
  const [loaded] = await treesOf(readingDatabase(ctx), [access], at)
  return loaded
}

/** Every report that the actor may see, as they are or were. */
export async function loadReports(ctx: Context, at?: Date): Promise<readonly LoadedReport[]> {
  return treesOf(readingDatabase(ctx), await visibleReports(ctx), at)
}

/** Reports without what is in them: for lists and menus. */
export async function loadReportHeads(ctx: Context, at?: Date): Promise<readonly LoadedReport[]> {
  const [visible, items] = await Promise.all([visibleReports(ctx), findReportItems(readingDatabase(ctx), at)])
  const byId = new Map(visible.map((access) => [access.id, access]))
  return items.flatMap((item) => {
    const access = byId.get(item.id)
    return access ? [loadedOf([item], access)].flat() : []
  })
}

/** The overview as it is or was; undefined before there was one. */
export async function loadOverview(ctx: Context, at?: Date): Promise<StoredItem | undefined> {
  return findItem(ctx.db, OVERVIEW_ID, at)
}

async function treesOf(
  db: Database,
  visible: readonly ReportAccess[],
  at: Date | undefined,
): Promise<readonly LoadedReport[]> {
  const wanted = visible.filter(({ deletedAt }) => at !== undefined || deletedAt === null)
  const items = await findItemsOfReports(
    db,
    wanted.map(({ id }) => id),
    at,
  )
  const byReport = Map.groupBy(items, ({ reportId }) => reportId)
  const loaded = wanted.flatMap((access) => loadedOf(byReport.get(access.id) ?? [], access))
  return loaded.toSorted((a, b) => a.position - b.position || (a.tree.id < b.tree.id ? -1 : 1))
}

function loadedOf(
  items: readonly StoredItem[],
  access: ReportAccess,
): (LoadedReport & { readonly position: number })[] {
  const report = items.find(({ kind }) => kind === 'report')
  if (!report) return []
  const changedAt = new Date(Math.max(...items.map(({ validFrom }) => validFrom.getTime())))
  return [{ tree: treeOf(report, items), access, changedAt, position: report.position }]
}

/** A report from its items, which stand in the order of their places. */
export function treeOf(report: StoredItem, items: readonly StoredItem[]): ReportTree {
  const byParent = Map.groupBy(items, ({ parentId }) => parentId)
  const inside = (id: string, kind: StoredItem['kind']) =>
    (byParent.get(id) ?? []).filter((item) => item.kind === kind)
  return {
    id: report.id,
    attributes: report.attributes,
    subjects: inside(report.id, 'subject').map((subject) => ({
      id: subject.id,
      attributes: subject.attributes,
      metrics: inside(subject.id, 'metric').map((metric) => ({
        id: metric.id,
        attributes: metric.attributes,
        sources: inside(metric.id, 'source').map(({ id, attributes }) => ({ id, attributes })),
      })),
    })),
  }
}
