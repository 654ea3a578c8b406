import type { Context } from '../../../context.ts'
import { requirePermission } from '../../../context.ts'
import { findWork, type WorkItem, type WorkQuery } from '../store/work-list.ts'

/** Which assignments an overview is about; all in use unless said otherwise. */
export type ProgramFilter = Pick<WorkQuery, 'unitIds' | 'siteIds' | 'frequencyIds' | 'text'>

/** More assignments are no program of one department. */
const MOST_ASSIGNMENTS = 5000

/** The assignments in use that a filter chooses, by unit and name, whoever sees them in work lists. */
export async function findProgram(ctx: Context, filter: ProgramFilter): Promise<readonly WorkItem[]> {
  requirePermission(ctx, 'machine-qa.session.view-overview')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const page = { order: 'unit', direction: 'asc', limit: MOST_ASSIGNMENTS, offset: 0 } as const
  const seen = { actor: 'everybody', now: ctx.now(), zone: ctx.zone } as const
  return (await findWork(db, { ...filter, ...page }, seen)).items
}
