import { addDays, type CalendarDay, toDay, weekdayOf, zoneDay } from '../../../core/calendar.ts'
import type { Frequency } from './frequency.ts'
import type { PassFail } from './pass-fail.ts'

/** Uses the codes of pass and fail: `no_tol` no due date, `ok` not due, `tolerance` due, `action` overdue. */
export type DueStatus = Exclude<PassFail, 'not_done'>

type FrequencyWindow = Pick<Frequency, 'windowStartDays' | 'windowEndDays'>

/**
 * Where a due date stands on a day, by local dates. It is overdue `windowEndDays` after it, so with 0 already on its
 * own day; ad hoc work the day after.
 */
export function dueStatus(
  dueDate: Date | null,
  frequency: FrequencyWindow | null,
  { today, zone }: { readonly today: CalendarDay; readonly zone: string },
): DueStatus {
  if (dueDate === null) return 'no_tol'
  const due = zoneDay(dueDate, zone)
  if (today < due) return 'ok'
  return today < addDays(due, frequency?.windowEndDays ?? 1) ? 'tolerance' : 'action'
}

export type DueWindow = { readonly from: CalendarDay; readonly to: CalendarDay }

/** The days shown as the window of a due date: from it if there is no window before it; only it if ad hoc. */
export function dueWindow(dueDate: Date, frequency: FrequencyWindow | null, zone: string): DueWindow {
  const due = zoneDay(dueDate, zone)
  return {
    from: addDays(due, -(frequency?.windowStartDays ?? 0)),
    to: addDays(due, frequency?.windowEndDays ?? 0),
  }
}

/** Groups of the page that shows what is due when. */
export type DueGroup = 'due-and-overdue' | 'this-week' | 'next-week' | 'this-month' | 'next-month'

/**
 * The group of a due day. Weeks end on Friday; on a weekend this week is the one to come. What is due this week but
 * was already done today belongs to none, nor does what is due later than next month.
 */
export function dueGroup(
  due: CalendarDay,
  today: CalendarDay,
  { isDoneToday }: { readonly isDoneToday: boolean },
): DueGroup | undefined {
  const friday = addDays(today, (5 - weekdayOf(today) + 7) % 7)
  if (due <= today) return 'due-and-overdue'
  if (due <= friday) return isDoneToday ? undefined : 'this-week'
  if (due <= addDays(friday, 7)) return 'next-week'
  if (due < firstOfMonthAfter(today)) return 'this-month'
  return due < firstOfMonthAfter(firstOfMonthAfter(today)) ? 'next-month' : undefined
}

function firstOfMonthAfter(day: CalendarDay): CalendarDay {
  // The 28th and four days on lie in the next month, whatever the length of this one.
  return toDay(`${addDays(toDay(`${day.slice(0, 8)}28`), 4).slice(0, 8)}01`)
}
