import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { AssignmentFacts } from './domain/assignment-facts.ts'
import type { Session } from './domain/session.ts'
import { getLivingSession } from './performing/find-living-session.ts'
import { reschedule } from './performing/reschedule.ts'
import { changedMeanwhile } from './performing/store-changed-session.ts'
import { followSession } from './service/follow-session.ts'
import { lockAssignmentState } from './store/assignments.ts'
import { saveVoidOfResults } from './store/results.ts'
import { findScheduleHistory, updateSession } from './store/sessions.ts'

/**
 * Takes a session back, with a reason. It stays readable, but stands on no list, counts neither for scheduling nor as
 * history, and its user key is free again. What was due before it is due again.
 */
export async function voidSession(ctx: Context, id: number, reason: string): Promise<Session> {
  requirePermission(ctx, 'machine-qa.session.void')
  if (reason.trim() === '') throw invalidInput('reason', 'This is required.')
  return inTransaction(ctx, async (tx) => {
    const { session, assignment } = await getLivingSession(tx, id)
    const state = await lockAssignmentState(tx.db, assignment.id)
    const dueBefore = await dueWithout(tx, session, assignment, state.dueDate)
    const at = tx.now()
    const userId = actingUserId(tx.actor)
    const voided: Session = {
      ...session,
      voidedAt: at,
      voidedById: userId,
      voidReason: reason.trim(),
      modifiedAt: at,
      modifiedById: userId,
    }
    if (!(await updateSession(tx.db, voided))) throw changedMeanwhile()
    await saveVoidOfResults(tx.db, id)
    await reschedule(tx, assignment, dueBefore)
    await followSession(tx, session, voided)
    await recordAudit(tx, {
      action: 'machine-qa.session.void',
      record: 'machine-qa.session',
      recordId: id,
      before: { voidedAt: null },
      after: { voidedAt: at, userKey: session.userKey },
      reason: voided.voidReason ?? undefined,
    })
    return { ...voided, version: session.version + 1 }
  })
}

/** The due date from which to reckon once a session is gone: if it was the one that counted, what was due before it. */
async function dueWithout(
  tx: Context,
  session: Session,
  { id, autoSchedule, frequency }: AssignmentFacts,
  dueDate: Date | null,
): Promise<Date | null> {
  if (!autoSchedule || !frequency || session.inProgress || !session.includeForScheduling) return dueDate
  const history = await findScheduleHistory(tx.db, id)
  const counted =
    history.kind === 'only-invalid' ||
    (history.kind === 'done' && history.completed.getTime() === session.workCompleted.getTime())
  return counted ? session.dueDate : dueDate
}
