import { addDays, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { nextOccurrence } from '../../../core/recurrence.ts'
import type { Frequency } from './frequency.ts'

/** What scheduling needs to know of a session. */
export type ScheduledSession = {
  readonly workCompleted: Date
  readonly inProgress: boolean
  readonly includeForScheduling: boolean
  /** False if any of its results has a status that makes it invalid. */
  readonly isValid: boolean
}

/** What the sessions of an assignment say about its schedule. */
export type ScheduleHistory =
  | { readonly kind: 'never-done' }
  /** It was done, but only invalidly: it is due at once. */
  | { readonly kind: 'only-invalid' }
  | { readonly kind: 'done'; readonly completed: Date }

/**
 * The session that counts: the newest by completion among those that are complete, included for scheduling and valid.
 * Sessions in progress or not for scheduling do not move a due date at all, so alone they count as never done.
 */
export function scheduleHistory(sessions: readonly ScheduledSession[]): ScheduleHistory {
  const scheduling = sessions.filter(
    ({ inProgress, includeForScheduling }) => !inProgress && includeForScheduling,
  )
  const valid = scheduling.filter(({ isValid }) => isValid)
  const newest = valid.reduce<Date | undefined>(
    (latest, { workCompleted }) => (latest && latest >= workCompleted ? latest : workCompleted),
    undefined,
  )
  if (newest) return { kind: 'done', completed: newest }
  return { kind: scheduling.length > 0 ? 'only-invalid' : 'never-done' }
}

export type ScheduledAssignment = {
  readonly autoSchedule: boolean
  /** Null for ad hoc work. */
  readonly frequency: Frequency | null
  readonly dueDate: Date | null
}

/** The due date an assignment should have; its present one where nothing schedules it. */
export function scheduledDueDate(
  { autoSchedule, frequency, dueDate }: ScheduledAssignment,
  history: ScheduleHistory,
  { now, zone }: { readonly now: Date; readonly zone: string },
): Date | null {
  if (!autoSchedule || frequency === null) return dueDate
  switch (history.kind) {
    case 'never-done':
      return dueDate
    case 'only-invalid':
      return now
    case 'done':
      return nextDueDate(history.completed, dueDate, frequency, zone)
  }
}

/**
 * The due date after work was completed.
 *
 * Without a window, or without a present due date, the rule counts from the completion. With a window, work before it
 * leaves the due date as it is; otherwise the rule counts from the due date, which so keeps its time of day, and work
 * that is already within the window of the next date settles that one too. Where the rule has no further occurrence
 * the present due date stays.
 */
export function nextDueDate(
  completed: Date,
  dueDate: Date | null,
  frequency: Frequency,
  zone: string,
): Date | null {
  const { recurrence, windowStartDays } = frequency
  if (windowStartDays === null || dueDate === null) {
    return nextOccurrence(recurrence, completed, { anchor: completed, zone }) ?? dueDate
  }
  if (completed < windowStart(dueDate, windowStartDays, zone)) return dueDate
  const next = nextOccurrence(recurrence, completed, { anchor: dueDate, zone })
  if (next === undefined) return dueDate
  if (completed < windowStart(next, windowStartDays, zone)) return next
  return nextOccurrence(recurrence, next, { anchor: dueDate, zone }) ?? next
}

/** The local start of the day on which the window of a due date opens. */
export function windowStart(dueDate: Date, windowStartDays: number, zone: string): Date {
  return startOfDay(addDays(zoneDay(dueDate, zone), -windowStartDays), zone)
}
