import type { Context } from '../../../context.ts'
import { requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { findServiceMarks, type ServiceMark } from '../store/service-marks.ts'

const MOST_MARKS = 5000

/**
 * Service events of units in a span of time, oldest first, for marks on charts and calendars. Whoever may not see
 * service events gets none.
 */
export async function listServiceMarks(
  ctx: Context,
  span: { readonly unitIds: readonly number[]; readonly from: Date; readonly to: Date },
): Promise<readonly ServiceMark[]> {
  requirePermission(ctx, 'machine-qa.access')
  if (!hasPermission(ctx.actor, 'machine-qa.service-event.view')) return []
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  return findServiceMarks(db, span, MOST_MARKS)
}
