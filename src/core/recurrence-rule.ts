import { daysInMonth, type LocalTime, type Weekday } from './calendar.ts'

/** A weekday of a rule; `nth` 0 means every one, 2 the second, -1 the last of the month or year. */
export type RuleWeekday = { readonly weekday: Weekday; readonly nth: number }

/**
 * One recurrence rule of RFC 5545, 3.3.10. Rules more frequent than daily do not exist here. Empty lists mean that the
 * part is absent.
 */
export type RecurrenceRule = {
  readonly frequency: 'daily' | 'weekly' | 'monthly' | 'yearly'
  readonly interval: number
  readonly weekStart: Weekday
  readonly count: number | null
  /** The last instant an occurrence may have. */
  readonly until: Date | null
  readonly weekdays: readonly RuleWeekday[]
  /** 1 is the first of the occurrences of a period, -1 the last. */
  readonly positions: readonly number[]
  readonly months: readonly number[]
  readonly monthDays: readonly number[]
  readonly yearDays: readonly number[]
  readonly weekNumbers: readonly number[]
  readonly hours: readonly number[]
  readonly minutes: readonly number[]
  readonly seconds: readonly number[]
}

/** Days since 1970-01-01 and seconds since midnight, on the clocks of the rule's zone. */
export type WallClock = { readonly day: number; readonly second: number }

const DAY_MS = 86_400_000

type DayFacts = {
  readonly number: number
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * The wall-clock times of a rule, in order, from the anchor's on. Periods wholly before `fromDay` are left out unless
 * the rule counts its occurrences. Ends after `lastDay`, so that a rule nothing satisfies ends as well.
 */
export function* ruleTimes(
  rule: RecurrenceRule,
  anchor: LocalTime,
  { fromDay, lastDay }: { readonly fromDay: number; readonly lastDay: number },
): Generator<WallClock> {
  const full = withImpliedParts(rule, anchor)
  const times = timesOfDay(full)
  const anchorDay = dayNumberOf(anchor.year, anchor.month, anchor.day)
  const anchorSecond = (anchor.hour * 60 + anchor.minute) * 60 + anchor.second
  let left = rule.count ?? Number.POSITIVE_INFINITY
  const period = rule.count === null ? firstPeriod(full, anchor, fromDay) : 0
  for (let index = period; left > 0; index += 1) {
    const days = periodDays(full, anchor, index)
    if (days.first > lastDay) return
    for (const time of selectedTimes(full, days, times)) {
      if (time.day < anchorDay || (time.day === anchorDay && time.second < anchorSecond)) continue
      yield time
      left -= 1
      if (left <= 0) return
    }
  }
}

/** What the rule does not say it takes from its anchor: the time of day, and a day if no part names one. */
function withImpliedParts(rule: RecurrenceRule, anchor: LocalTime): RecurrenceRule {
  const timed = {
    ...rule,
    hours: rule.hours.length > 0 ? rule.hours : [anchor.hour],
    minutes: rule.minutes.length > 0 ? rule.minutes : [anchor.minute],
    seconds: rule.seconds.length > 0 ? rule.seconds : [anchor.second],
  }
  const namesDays = [rule.weekdays, rule.monthDays, rule.yearDays, rule.weekNumbers].some(
    ({ length }) => length > 0,
  )
  if (namesDays) return timed
  switch (rule.frequency) {
    case 'yearly':
      return {
        ...timed,
        months: rule.months.length > 0 ? rule.months : [anchor.month],
        monthDays: [anchor.day],
      }
    case 'monthly':
      return { ...timed, monthDays: [anchor.day] }
    case 'weekly':
      return {
        ...timed,
        weekdays: [{ weekday: weekdayOfNumber(dayNumberOf(anchor.year, anchor.month, anchor.day)), nth: 0 }],
      }
    case 'daily':
      return timed
  }
}

function timesOfDay({ hours, minutes, seconds }: RecurrenceRule): readonly number[] {
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => (hour * 60 + minute) * 60 + second)),
  )
  return [...new Set(times)].sort((a, b) => a - b)
}

type Period = { readonly first: number; readonly length: number }

/** Whole periods of the rule between its anchor and the day wanted, less one for safety. */
function firstPeriod(
  { frequency, interval, weekStart }: RecurrenceRule,
  anchor: LocalTime,
  fromDay: number,
): number {
  const anchorDay = dayNumberOf(anchor.year, anchor.month, anchor.day)
  const from = factsOf(fromDay)
  const periods = {
    daily: fromDay - anchorDay,
    weekly: Math.floor((fromDay - startOfWeek(anchorDay, weekStart)) / 7),
    monthly: (from.year - anchor.year) * 12 + from.month - anchor.month,
    yearly: from.year - anchor.year,
  }[frequency]
  return Math.max(0, Math.floor(periods / interval) - 1)
}

function periodDays(
  { frequency, interval, weekStart }: RecurrenceRule,
  anchor: LocalTime,
  index: number,
): Period {
  const step = index * interval
  const anchorDay = dayNumberOf(anchor.year, anchor.month, anchor.day)
  switch (frequency) {
    case 'daily':
      return { first: anchorDay + step, length: 1 }
    case 'weekly':
      return { first: startOfWeek(anchorDay, weekStart) + 7 * step, length: 7 }
    case 'monthly': {
      const month = anchor.year * 12 + anchor.month - 1 + step
      const [year, monthOfYear] = [Math.floor(month / 12), (month % 12) + 1]
      return { first: dayNumberOf(year, monthOfYear, 1), length: daysInMonth(year, monthOfYear) }
    }
    case 'yearly': {
      const year = anchor.year + step
      return { first: dayNumberOf(year, 1, 1), length: daysInYear(year) }
    }
  }
}

function* selectedTimes(
  rule: RecurrenceRule,
  { first, length }: Period,
  times: readonly number[],
): Generator<WallClock> {
  const days: number[] = []
  for (let day = first; day < first + length; day += 1) if (fallsOn(rule, day)) days.push(day)
  if (rule.positions.length === 0) {
    for (const day of days) for (const second of times) yield { day, second }
    return
  }
  const size = days.length * times.length
  const indexes = rule.positions.map((position) => (position > 0 ? position - 1 : size + position))
  for (const index of [...new Set(indexes)].sort((a, b) => a - b)) {
    const day = days[Math.floor(index / times.length)]
    const second = times[index % times.length]
    if (day !== undefined && second !== undefined) yield { day, second }
  }
}

function fallsOn(rule: RecurrenceRule, number: number): boolean {
  const facts = factsOf(number)
  const { year, month, day } = facts
  if (!allows(rule.months, month)) return false
  if (!allowsCounted(rule.monthDays, day, daysInMonth(year, month))) return false
  if (rule.yearDays.length > 0) {
    const dayOfYear = number - dayNumberOf(year, 1, 1) + 1
    if (!allowsCounted(rule.yearDays, dayOfYear, daysInYear(year))) return false
  }
  if (rule.weekNumbers.length > 0 && !fallsInWeek(rule, facts)) return false
  return rule.weekdays.length === 0 || rule.weekdays.some((wanted) => isNthWeekday(wanted, facts, rule))
}

function allows(wanted: readonly number[], value: number): boolean {
  return wanted.length === 0 || wanted.includes(value)
}

/** Positive numbers count from the start of the range, negative ones from its end. */
function allowsCounted(wanted: readonly number[], value: number, size: number): boolean {
  return wanted.length === 0 || wanted.includes(value) || wanted.includes(value - size - 1)
}

function isNthWeekday(
  { weekday, nth }: RuleWeekday,
  { number, year, month, day }: DayFacts,
  rule: RecurrenceRule,
): boolean {
  if (weekdayOfNumber(number) !== weekday) return false
  if (nth === 0) return true
  const inYear = rule.frequency === 'yearly' && rule.months.length === 0
  const place = inYear ? number - dayNumberOf(year, 1, 1) + 1 : day
  const size = inYear ? daysInYear(year) : daysInMonth(year, month)
  return nth > 0 ? Math.ceil(place / 7) === nth : Math.ceil((size - place + 1) / 7) === -nth
}

/** Weeks are numbered as in ISO 8601 (week 1 has at least four days in the year), from the rule's first weekday. */
function fallsInWeek({ weekNumbers, weekStart }: RecurrenceRule, { number, year }: DayFacts): boolean {
  const starts = [year - 1, year, year + 1, year + 2].map((each) => firstWeek(each, weekStart))
  const index = starts.findLastIndex((start) => start <= number)
  const [start, next] = [starts[index] ?? 0, starts[index + 1] ?? 0]
  return allowsCounted(weekNumbers, Math.floor((number - start) / 7) + 1, (next - start) / 7)
}

function firstWeek(year: number, weekStart: Weekday): number {
  return startOfWeek(dayNumberOf(year, 1, 4), weekStart)
}

function startOfWeek(number: number, weekStart: Weekday): number {
  return number - ((weekdayOfNumber(number) - weekStart + 7) % 7)
}

function weekdayOfNumber(number: number): Weekday {
  return (((((number + 3) % 7) + 7) % 7) + 1) as Weekday
}

function daysInYear(year: number): number {
  return 337 + daysInMonth(year, 2)
}

function dayNumberOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MS
}

function factsOf(number: number): DayFacts {
  const date = new Date(number * DAY_MS)
  return { number, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
