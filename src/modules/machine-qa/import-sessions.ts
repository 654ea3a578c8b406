import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { recomputeDueDates } from './configuration/due-dates.ts'
import type { ImportedSession } from './domain/imported-session.ts'
import { insertImportedSessions, renewLastSessions } from './store/imported-sessions.ts'

/**
 * Stores sessions that were performed elsewhere, exactly as they are given: nothing is calculated, judged or reviewed
 * again. Their assignments are due accordingly. For operators: importers and demonstrations.
 *
 * @returns the ids of the sessions in their order
 */
export function importSessions(
  ctx: Context,
  sessions: readonly ImportedSession[],
): Promise<readonly number[]> {
  requirePermission(ctx, 'machine-qa.session.import')
  return inTransaction(ctx, async (tx) => {
    const ids = await insertImportedSessions(tx.db, sessions)
    const assignmentIds = [...new Set(sessions.map(({ assignmentId }) => assignmentId))]
    await renewLastSessions(tx.db, assignmentIds)
    await recomputeDueDates(tx, { by: 'ids', ids: assignmentIds }, 'before-session')
    await recordAudit(tx, {
      action: 'machine-qa.session.import',
      record: 'machine-qa.session',
      recordId: 'all',
      after: { sessions: ids.length, first: ids.at(0) ?? null, last: ids.at(-1) ?? null },
    })
    return ids
  })
}
