import { addDays, type CalendarDay, endOfDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
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

/** How often a rule occurs in each of several successive spans: what a program expects of them. */
export function expectedPerSpan(
  recurrence: Recurrence,
  bounds: readonly CalendarDay[],
  { anchor, zone }: { readonly anchor: Date; readonly zone: string },
): number[] {
  return bounds.slice(1).map((end, index) => {
    const from = startOfDay(bounds[index] ?? end, zone)
    const to = endOfDay(addDays(end, -1), zone)
    return occurrencesBetween(recurrence, { from, to, limit: MOST_DAYS }, { anchor, zone }).length
  })
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
