import { addDays, type CalendarDay, nearestInstant, weekdayOf, zoneDay } from '../../core/calendar.ts'
import { type Random, seededRandom, seedOf } from '../random.ts'
import { type DemoAssignment, LATE } from './programme.ts'

/** When a session was completed, and how long ago that is: what its numbers follow from. */
export type SessionDate = { readonly completed: Date; readonly daysAgo: number }

type Span = { readonly now: Date; readonly zone: string; readonly days: number }

const MISSED = 0.01

/** When a list was performed on a unit in the last days, oldest first; nothing lies in the future. */
export function sessionDates(
  { work, done }: DemoAssignment,
  unitNumber: number,
  { now, zone, days }: Span,
): SessionDate[] {
  if (!done) return []
  const random = seededRandom(seedOf('dates', work, unitNumber))
  const today = zoneDay(now, zone)
  const offsets =
    done.every === 'workday'
      ? workdayOffsets(today, days, random)
      : regularOffsets(done.every, LATE[`${work} on ${unitNumber}`], days, random)
  return offsets
    .map((daysAgo) => ({
      completed: timeOn(addDays(today, -daysAgo), { hour: done.hour, minute: random.below(50) }, zone),
      daysAgo,
    }))
    .filter(({ completed }) => completed < now)
    .toReversed()
}

function workdayOffsets(today: CalendarDay, days: number, random: Random): number[] {
  const offsets: number[] = []
  for (let daysAgo = 0; daysAgo < days; daysAgo += 1) {
    const day = addDays(today, -daysAgo)
    // drawn for every day, so that what a day is does not change the numbers of the others
    const isMissed = random.chance(MISSED) && daysAgo > 3
    if (weekdayOf(day) <= 5 && !isHoliday(day) && !isMissed) offsets.push(daysAgo)
  }
  return offsets
}

function isHoliday(day: CalendarDay): boolean {
  return day.endsWith('-12-25') || day.endsWith('-01-01')
}

/** Every so many days, counted back from the last time: a little earlier or later where the interval is long. */
function regularOffsets(every: number, late: number | undefined, days: number, random: Random): number[] {
  const offsets: number[] = []
  const slack = every >= 28 ? 3 : 1
  let daysAgo = late ?? 1 + random.below(every - 1)
  while (daysAgo < days) {
    offsets.push(daysAgo)
    daysAgo += every - slack + random.below(2 * slack)
  }
  return offsets
}

function timeOn(
  day: CalendarDay,
  time: { readonly hour: number; readonly minute: number },
  zone: string,
): Date {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number)
  return nearestInstant({ year, month, day: dayOfMonth, ...time, second: 0, millisecond: 0 }, zone)
}

/** Years that the last days touch, and the next one. */
export function yearsOf({ now, zone, days }: Span): number[] {
  const today = zoneDay(now, zone)
  const first = Number(addDays(today, -days).slice(0, 4))
  const last = Number(today.slice(0, 4)) + 1
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
