import {
  addDays,
  type CalendarDay,
  daysBetween,
  endOfDay,
  startOfDay,
  zoneDay,
} from '../../../core/calendar.ts'
import { occurrencesBetween, type Recurrence } from '../../../core/recurrence.ts'

const MOST_DAYS = 400

/**
 * The days within a span on which work falls due again after a due date, if it is always done on time: as its rule
 * counts on from the due date.
 */
export function plannedDays(
  recurrence: Recurrence,
  dueDate: Date,
  span: { readonly from: CalendarDay; readonly to: CalendarDay },
  zone: string,
): CalendarDay[] {
  const begins = startOfDay(span.from, zone)
  const after = new Date(Math.max(dueDate.getTime() + 1000, begins.getTime()))
  const range = { from: after, to: endOfDay(span.to, zone), limit: MOST_DAYS }
  if (range.from > range.to) return []
  const days = occurrencesBetween(recurrence, range, { anchor: dueDate, zone }).map((at) => zoneDay(at, zone))
  return [...new Set(days)].filter((day) => day !== zoneDay(dueDate, zone))
}

/**
 * How often work has to be done in each of several successive spans: as often as its rule occurs in it. What recurs every
 * so many days counts from when it was last done, so there only as often as fits into the span whenever that was.
 */
export function expectedPerSpan(
  recurrence: Recurrence,
  bounds: readonly CalendarDay[],
  { anchor, zone }: { readonly anchor: Date; readonly zone: string },
): number[] {
  const interval = intervalDays(recurrence)
  return bounds.slice(1).map((end, index) => {
    const begin = bounds[index] ?? end
    if (interval !== undefined) return Math.max(0, Math.floor(daysBetween(begin, end) / interval))
    const from = startOfDay(begin, zone)
    const to = endOfDay(addDays(end, -1), zone)
    return occurrencesBetween(recurrence, { from, to, limit: MOST_DAYS }, { anchor, zone }).length
  })
}

/** The days of a rule that says nothing but "every so many days", more than one. */
function intervalDays({ rules, exclusionRules, dates }: Recurrence): number | undefined {
  const [rule, ...others] = rules
  if (!rule || others.length + exclusionRules.length + dates.length > 0) return undefined
  const { frequency, interval, count, until, weekdays, positions, months, monthDays } = rule
  const isPlain = [weekdays, positions, months, monthDays].every((parts) => parts.length === 0)
  const isEndless = count === null && until === null
  return frequency === 'daily' && interval > 1 && isPlain && isEndless ? interval : undefined
}

/** The first days of successive months, and of the one after the last: bounds of `count` months. */
export function monthBounds(first: CalendarDay, count: number): CalendarDay[] {
  const bounds = [first]
  for (let month = 0; month < count; month++) bounds.push(firstOfNextMonth(bounds.at(-1) ?? first))
  return bounds
}

/** The first day of the month of a day. */
export function firstOfMonth(day: CalendarDay): CalendarDay {
  return addDays(day, 1 - Number(day.slice(8)))
}

function firstOfNextMonth(first: CalendarDay): CalendarDay {
  // 31 days after the first is always in the next month
  return firstOfMonth(addDays(firstOfMonth(first), 31))
}
