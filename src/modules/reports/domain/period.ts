import { addDays, type CalendarDay, makeDay, parseDay, weekdayOf } from '../../../core/calendar.ts'

/** Days from `from` to `to`, both included. */
export type Period = { readonly from: CalendarDay; readonly to: CalendarDay }

/**
 * Periods relative to the day on which a report runs. Days behind or ahead include that day; weeks begin on Monday;
 * last and next months are whole months before and after the present one.
 */
export const RELATIVE_PERIODS = {
  today: 'Today',
  'last-7-days': 'Last 7 days',
  'last-30-days': 'Last 30 days',
  'last-90-days': 'Last 90 days',
  'last-180-days': 'Last 180 days',
  'last-365-days': 'Last 365 days',
  'next-7-days': 'Next 7 days',
  'next-30-days': 'Next 30 days',
  'next-90-days': 'Next 90 days',
  'next-180-days': 'Next 180 days',
  'next-365-days': 'Next 365 days',
  'this-week': 'This week',
  'last-week': 'Last week',
  'next-week': 'Next week',
  'this-month': 'This month',
  'last-month': 'Last month',
  'next-month': 'Next month',
  'last-3-months': 'Last 3 months',
  'last-6-months': 'Last 6 months',
  'next-3-months': 'Next 3 months',
  'next-6-months': 'Next 6 months',
  'this-year': 'This year',
  'last-year': 'Last year',
  'next-year': 'Next year',
} as const

export type RelativePeriod = keyof typeof RELATIVE_PERIODS

const FIXED = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/

/** Whether a text is a relative period, or two days in order as `2026-01-01..2026-01-31`. */
export function isPeriod(text: string): boolean {
  return isRelative(text) || fixedPeriod(text) !== undefined
}

/** The days that a period means on a day. @throws RangeError (a defect) for what {@link isPeriod} refuses */
export function resolvePeriod(text: string, today: CalendarDay): Period {
  if (isRelative(text)) return relativePeriod(text, today)
  const fixed = fixedPeriod(text)
  if (!fixed) throw new RangeError(`not a period: ${text}`)
  return fixed
}

/** `Last 7 days`, or the two days. */
export function describePeriod(text: string): string {
  return isRelative(text) ? RELATIVE_PERIODS[text] : text.replace('..', ' – ')
}

function isRelative(text: string): text is RelativePeriod {
  return Object.hasOwn(RELATIVE_PERIODS, text)
}

function fixedPeriod(text: string): Period | undefined {
  const [, first = '', last = ''] = FIXED.exec(text) ?? []
  const [from, to] = [parseDay(first), parseDay(last)]
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined
}

function relativePeriod(text: RelativePeriod, today: CalendarDay): Period {
  if (text === 'today') return { from: today, to: today }
  const [which = '', ...rest] = text.split('-')
  const direction = which === 'last' ? -1 : which === 'next' ? 1 : 0
  const count = rest.length === 2 ? Number(rest[0]) : 1
  const unit = rest.at(-1) ?? ''
  if (unit === 'days') {
    const other = addDays(today, direction * count)
    return direction < 0 ? { from: other, to: today } : { from: today, to: other }
  }
  if (unit === 'week') {
    const monday = addDays(today, 1 - weekdayOf(today) + 7 * direction)
    return { from: monday, to: addDays(monday, 6) }
  }
  if (unit === 'year') return months(today, -monthIndex(today) + 12 * direction, 12)
  const first = direction < 0 ? -count : direction
  return months(today, first, count)
}

function monthIndex(day: CalendarDay): number {
  return Number(day.slice(5, 7)) - 1
}

/** Whole months: `count` of them, the first `offset` months after the month of a day. */
function months(day: CalendarDay, offset: number, count: number): Period {
  return { from: firstOfMonth(day, offset), to: addDays(firstOfMonth(day, offset + count), -1) }
}

function firstOfMonth(day: CalendarDay, offset: number): CalendarDay {
  const months = Number(day.slice(0, 4)) * 12 + monthIndex(day) + offset
  const first = makeDay(Math.floor(months / 12), (months % 12) + 1, 1)
  if (first === undefined) throw new RangeError('a period lies in the years 0001 to 9999')
  return first
}
