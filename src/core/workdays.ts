import { addDays, type CalendarDay, daysBetween, type Weekday, weekdayOf } from './calendar.ts'

/** Which days count as workdays: weekdays worked, less the holidays. */
export type WorkCalendar = {
  readonly weekdays: ReadonlySet<Weekday>
  readonly holidays: ReadonlySet<CalendarDay>
}

/** Monday to Friday without holidays. */
export const MONDAY_TO_FRIDAY: WorkCalendar = { weekdays: new Set([1, 2, 3, 4, 5]), holidays: new Set() }

export function isWorkday(day: CalendarDay, calendar: WorkCalendar): boolean {
  return calendar.weekdays.has(weekdayOf(day)) && !calendar.holidays.has(day)
}

/**
 * The day `count` workdays after `day` (before it if negative); 0 gives `day` itself, workday or not.
 *
 * @throws RangeError if the calendar has too few workdays to count that far before year 1 or after year 9999
 */
export function addWorkdays(day: CalendarDay, count: number, calendar: WorkCalendar): CalendarDay {
  if (calendar.weekdays.size === 0 && count !== 0) throw new RangeError('the calendar has no workdays')
  const step = Math.sign(count)
  let current = day
  for (let left = Math.abs(count); left > 0; ) {
    current = addDays(current, step)
    if (isWorkday(current, calendar)) left -= 1
  }
  return current
}

/** Workdays after `from` up to and including `to`; 0 if `to` is not later. */
export function workdaysBetween(from: CalendarDay, to: CalendarDay, calendar: WorkCalendar): number {
  const days = daysBetween(from, to)
  if (days <= 0) return 0
  const wholeWeeks = Math.floor(days / 7)
  const holidays = [...calendar.holidays].filter(
    (day) => day > from && day <= to && calendar.weekdays.has(weekdayOf(day)),
  )
  let count = wholeWeeks * calendar.weekdays.size - holidays.length
  for (let number = wholeWeeks * 7 + 1; number <= days; number += 1) {
    if (calendar.weekdays.has(weekdayOf(addDays(from, number)))) count += 1
  }
  return count
}
