import type { Context } from '../../../context.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { scheduledDueDate } from '../domain/scheduling.ts'
import { findServiceSchedule, saveServiceSchedule } from '../store/service-schedules.ts'

/** Makes due date and last event of schedules what their events say, as sessions do for assignments. */
export async function rescheduleService(tx: Context, scheduleIds: readonly number[]): Promise<void> {
  for (const id of scheduleIds) {
    const schedule = await findServiceSchedule(tx.db, id)
    if (!schedule) continue
    const { autoSchedule, dueDate, frequency, lastDone, lastEventId } = schedule
    const due = scheduledDueDate(
      {
        autoSchedule,
        dueDate,
        frequency: frequency && {
          recurrence: parseRecurrence(frequency.recurrences, tx.zone),
          windowStartDays: frequency.windowStartDays,
          windowEndDays: frequency.windowEndDays,
        },
      },
      lastDone ? { kind: 'done', completed: lastDone } : { kind: 'never-done' },
      { now: tx.now(), zone: tx.zone },
    )
    await saveServiceSchedule(tx.db, id, { dueDate: due, lastEventId })
  }
}
