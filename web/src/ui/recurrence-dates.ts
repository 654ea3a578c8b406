import { type SimpleRecurrence, WEEKDAYS } from './recurrence-text.ts'

const DAY_MS = 86_400_000
/** Days looked at before giving up: a yearly rule on 29 February needs eight years. */
const FARTHEST_DAYS = 9 * 366

/**
 * The first days on which something falls due, from a day on. A month or year without the day of the rule is left
 * out (RFC 5545, 3.3.10).
 *
 * @param from `YYYY-MM-DD`
 * @returns at most `count` days, `YYYY-MM-DD`; fewer where the rule leaves years between them
 */
export function nextDueDays(recurrence: SimpleRecurrence, from: string, count: number): readonly string[] {
  const start = Date.parse(`${recurrence.start}T00:00:00Z`)
  const first = Math.max(start, Date.parse(`${from}T00:00:00Z`))
  if (Number.isNaN(first)) return []
  const found: string[] = []
  for (let step = 0; step < FARTHEST_DAYS && found.length < count; step += 1) {
    const day = new Date(first + step * DAY_MS)
    if (isDue(recurrence, new Date(start), day)) found.push(day.toISOString().slice(0, 10))
  }
  return found
}

function isDue({ frequency, interval, weekdays }: SimpleRecurrence, start: Date, day: Date): boolean {
  const days = Math.round((day.getTime() - start.getTime()) / DAY_MS)
  const months =
    (day.getUTCFullYear() - start.getUTCFullYear()) * 12 + day.getUTCMonth() - start.getUTCMonth()
  switch (frequency) {
    case 'DAILY':
      return days % interval === 0
    case 'WEEKLY': {
      const wanted = weekdays.length === 0 ? [weekdayOf(start)] : weekdays
      const weeks = (mondayOf(day) - mondayOf(start)) / (7 * DAY_MS)
      return wanted.includes(weekdayOf(day)) && weeks % interval === 0
    }
    case 'MONTHLY':
      return day.getUTCDate() === start.getUTCDate() && months % interval === 0
    case 'YEARLY':
      return day.getUTCDate() === start.getUTCDate() && months % (12 * interval) === 0
  }
}

/** 0 for Monday. */
function placeInWeek(day: Date): number {
  return (day.getUTCDay() + 6) % 7
}

function weekdayOf(day: Date): string {
  return WEEKDAYS[placeInWeek(day)] ?? ''
}

function mondayOf(day: Date): number {
  return day.getTime() - placeInWeek(day) * DAY_MS
}
