import { type Context, requirePermission } from '../../../context.ts'
import { findServiceLog, findServiceLogAfter, type ServiceLogEntry } from '../store/service-log.ts'

const MOST_ENTRIES = 500

/** What happened to service events after an entry, oldest first: for whoever tells people about it. */
export async function serviceLogAfter(ctx: Context, afterId: number): Promise<readonly ServiceLogEntry[]> {
  requirePermission(ctx, 'machine-qa.service-event.view')
  return findServiceLogAfter(ctx.db, afterId, MOST_ENTRIES)
}

/** What happened to service events lately, newest first. */
export async function recentServiceLog(ctx: Context, limit: number): Promise<readonly ServiceLogEntry[]> {
  requirePermission(ctx, 'machine-qa.service-event.view')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  return findServiceLog(db, { limit: Math.min(Math.max(1, limit), MOST_ENTRIES) })
}
