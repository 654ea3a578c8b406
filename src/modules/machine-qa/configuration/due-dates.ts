import type { Context } from '../../../context.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { scheduledDueDate } from '../domain/scheduling.ts'
import {
  findScheduledIds,
  findSchedules,
  type Schedule,
  type ScheduleChoice,
  saveDueDate,
} from '../store/schedules.ts'

/** Few enough for one statement not to hold up the event loop. */
const AT_ONCE = 100

/**
 * Reckons due dates anew, because a frequency or what counts as done has changed.
 *
 * @param from where the reckoning begins: at the due date `before-session` that the counting session settled, as if it
 *   were performed now; or at the `present` one, so that one that somebody moved stays where its rule allows it
 * @returns how many changed
 */
export async function recomputeDueDates(
  tx: Context,
  choice: ScheduleChoice,
  from: 'before-session' | 'present',
): Promise<number> {
  const ids = await findScheduledIds(tx.db, choice)
  let changed = 0
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const schedule of await findSchedules(tx.db, ids.slice(start, start + AT_ONCE))) {
      const dueDate = dueDateOf(tx, schedule, from)
      if (dueDate?.getTime() === schedule.dueDate?.getTime()) continue
      await saveDueDate(tx.db, schedule.id, dueDate)
      changed += 1
    }
  }
  return changed
}

/** The due date that follows from a schedule, see {@link recomputeDueDates}. */
export function dueDateOf(tx: Context, schedule: Schedule, from: 'before-session' | 'present'): Date | null {
  const { history, frequency, dueDate, dueBefore } = schedule
  const isReckonedAnew = from === 'before-session' && history.kind === 'done'
  return scheduledDueDate(
    {
      autoSchedule: true,
      dueDate: isReckonedAnew ? dueBefore : dueDate,
      frequency: { ...frequency, recurrence: parseRecurrence(frequency.recurrences, tx.zone) },
    },
    history,
    { now: tx.now(), zone: tx.zone },
  )
}
