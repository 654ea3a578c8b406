import {
  addDays,
  type CalendarDay,
  daysBetween,
  nearestInstant,
  startOfDay,
  type Weekday,
  weekdayOf,
  zoneDay,
} from './calendar.ts'

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

/** Working hours of a day, in minutes after midnight on the clocks of the site. */
export type WorkingHours = { readonly fromMinute: number; readonly toMinute: number }

/** Which hours count as working time: those of each weekday, less the holidays. */
export type WorkingTimes = {
  readonly hours: ReadonlyMap<Weekday, WorkingHours>
  readonly holidays: ReadonlySet<CalendarDay>
}

const HOURS_24 = 1440

/** Days looked through one by one; a longer span is a mistake of whoever asks. */
const MOST_DAYS = 36_600

/** The workdays of working times. */
export function workCalendarOf({ hours, holidays }: WorkingTimes): WorkCalendar {
  return { weekdays: new Set(hours.keys()), holidays }
}

/**
 * Milliseconds of working time from one instant to another, 0 if the second is not later. Hours are read on the clocks
 * of the zone, so a day on which they change has an hour less or more where that falls into working time.
 *
 * @throws RangeError for more than a century
 */
export function workingTimeBetween(from: Date, to: Date, times: WorkingTimes, zone: string): number {
  if (to <= from) return 0
  const [first, last] = [zoneDay(from, zone), zoneDay(to, zone)]
  if (daysBetween(first, last) > MOST_DAYS)
    throw new RangeError('working time is counted over a century at most')
  let total = 0
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const span = workingSpan(day, times, zone)
    if (!span) continue
    const start = Math.max(span.start, from.getTime())
    const end = Math.min(span.end, to.getTime())
    total += Math.max(0, end - start)
  }
  return total
}

/**
 * The instant at which a length of working time has passed: at the end of a working day rather than at the beginning of
 * the next. 0 gives the instant itself.
 *
 * @throws RangeError if there is too little working time within a century
 */
export function addWorkingTime(from: Date, lengthMs: number, times: WorkingTimes, zone: string): Date {
  let left = lengthMs
  if (left <= 0) return from
  let day = zoneDay(from, zone)
  for (let count = 0; count <= MOST_DAYS; count += 1) {
    const span = workingSpan(day, times, zone)
    day = addDays(day, 1)
    if (!span) continue
    const start = Math.max(span.start, from.getTime())
    const length = Math.max(0, span.end - start)
    if (length >= left) return new Date(start + left)
    left -= length
  }
  throw new RangeError('the calendar has too little working time')
}

function workingSpan(
  day: CalendarDay,
  { hours, holidays }: WorkingTimes,
  zone: string,
): { readonly start: number; readonly end: number } | undefined {
  const worked = hours.get(weekdayOf(day))
  if (!worked || holidays.has(day)) return undefined
  return { start: minuteOf(day, worked.fromMinute, zone), end: minuteOf(day, worked.toMinute, zone) }
}

function minuteOf(day: CalendarDay, minute: number, zone: string): number {
  if (minute >= HOURS_24) return startOfDay(addDays(day, 1), zone).getTime()
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const time = { hour: Math.floor(minute / 60), minute: minute % 60, second: 0, millisecond: 0 }
  return nearestInstant({ year, month, day: date, ...time }, zone).getTime()
}

/** The same hours on every workday, such as 08:00 to 17:00. */
export function sameHours({ weekdays, holidays }: WorkCalendar, hours: WorkingHours): WorkingTimes {
  return { hours: new Map([...weekdays].map((weekday) => [weekday, hours])), holidays }
}
