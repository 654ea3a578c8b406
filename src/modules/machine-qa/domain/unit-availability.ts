import { addDays, type CalendarDay, weekdayOf } from '../../../core/calendar.ts'

/** The weekly hours of a unit from a day on, in seconds, Sunday first. */
export type WeeklyHours = { readonly from: CalendarDay; readonly secondsByWeekday: readonly number[] }

/** The hours of one day that differs from its week, in seconds. */
export type DayHours = { readonly day: CalendarDay; readonly seconds: number }

/** What a service event cost a unit, on the day of the service. */
export type ServiceCost = {
  readonly day: CalendarDay
  readonly serviceS: number
  readonly lostS: number
}

export type UnitHours = {
  /** the unit is available from here on */
  readonly accepted: CalendarDay
  readonly weekly: readonly WeeklyHours[]
  readonly exceptions: readonly DayHours[]
}

/** Availability of a unit over a time, in seconds. */
export type Availability = {
  /** how long the unit was meant to be available */
  readonly potentialS: number
  readonly serviceS: number
  readonly lostS: number
  /** 0 to 1; null where nothing was meant to be available */
  readonly uptime: number | null
  readonly events: number
}

export type MonthAvailability = Availability & {
  /** `2026-11` */
  readonly month: string
}

/**
 * Availability of a unit by calendar month, both days included: potential hours of each day are those of its exception,
 * else those of its weekday in the latest week in force; none before the unit was accepted. Uptime is
 * (potential − lost) / potential, and never below zero.
 */
export function availabilityByMonth(
  hours: UnitHours,
  costs: readonly ServiceCost[],
  from: CalendarDay,
  to: CalendarDay,
): readonly MonthAvailability[] {
  const potential = new Map<string, number>()
  const daily = dailyHours(hours)
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const month = day.slice(0, 7)
    potential.set(month, (potential.get(month) ?? 0) + daily(day))
  }
  const inTime = costs.filter(({ day }) => day >= from && day <= to)
  const byMonth = Map.groupBy(inTime, ({ day }) => day.slice(0, 7))
  return [...potential].map(([month, potentialS]) => ({
    month,
    ...availability(potentialS, byMonth.get(month) ?? []),
  }))
}

/** The availability of several months, or units, together. */
export function totalAvailability(parts: readonly Availability[]): Availability {
  const sum = (of: (part: Availability) => number) => parts.reduce((total, part) => total + of(part), 0)
  const potentialS = sum((part) => part.potentialS)
  const lostS = sum((part) => part.lostS)
  return {
    potentialS,
    serviceS: sum((part) => part.serviceS),
    lostS,
    uptime: uptimeOf(potentialS, lostS),
    events: sum((part) => part.events),
  }
}

function availability(potentialS: number, costs: readonly ServiceCost[]): Availability {
  const lostS = costs.reduce((total, cost) => total + cost.lostS, 0)
  const serviceS = costs.reduce((total, cost) => total + cost.serviceS, 0)
  return { potentialS, serviceS, lostS, uptime: uptimeOf(potentialS, lostS), events: costs.length }
}

function uptimeOf(potentialS: number, lostS: number): number | null {
  return potentialS === 0 ? null : Math.max(0, (potentialS - lostS) / potentialS)
}

/** The hours of a day, in seconds. */
function dailyHours({ accepted, weekly, exceptions }: UnitHours): (day: CalendarDay) => number {
  const exceptional = new Map(exceptions.map(({ day, seconds }) => [day, seconds]))
  const weeks = weekly.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return (day) => {
    if (day < accepted) return 0
    const exception = exceptional.get(day)
    if (exception !== undefined) return exception
    const week = weeks.findLast(({ from }) => from <= day)
    return week?.secondsByWeekday[weekdayOf(day) % 7] ?? 0
  }
}
