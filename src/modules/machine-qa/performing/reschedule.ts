import type { Context } from '../../../context.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import type { AssignmentFacts } from '../domain/assignment-facts.ts'
import { scheduledDueDate } from '../domain/scheduling.ts'
import { saveAssignmentState } from '../store/assignments.ts'
import { findLastSession, findScheduleHistory } from '../store/sessions.ts'

/**
 * Makes due date and last session of an assignment what its sessions say, in the transaction that changed one and has
 * locked the assignment.
 *
 * @param dueBefore the due date from which to reckon: the present one, or, when a session is taken back, what was due
 *   before it
 */
export async function reschedule(
  tx: Context,
  { id, frequency, autoSchedule }: Pick<AssignmentFacts, 'id' | 'frequency' | 'autoSchedule'>,
  dueBefore: Date | null,
): Promise<void> {
  const history = await findScheduleHistory(tx.db, id)
  const last = await findLastSession(tx.db, id)
  const schedule = frequency && {
    recurrence: parseRecurrence(frequency.recurrences, tx.zone),
    windowStartDays: frequency.windowStartDays,
    windowEndDays: frequency.windowEndDays,
  }
  const dueDate = scheduledDueDate({ autoSchedule, dueDate: dueBefore, frequency: schedule }, history, {
    now: tx.now(),
    zone: tx.zone,
  })
  await saveAssignmentState(tx.db, id, { dueDate, lastSessionId: last?.id ?? null })
}
