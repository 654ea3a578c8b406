import { Temporal } from 'temporal-polyfill'

declare const calendarDay: unique symbol

/** A day of the calendar without a time or a zone, as `YYYY-MM-DD`; days compare as text. Years 0001 to 9999. */
export type CalendarDay = string & { readonly [calendarDay]: true }

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A wall-clock reading, month 1 to 12. It means an instant only together with a zone. */
export type LocalTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** What a wall-clock reading means in a zone; the clock of a zone with summer time skips and repeats an hour. */
export type LocalTimeMeaning =
  | { readonly kind: 'instant'; readonly instant: Date }
  | { readonly kind: 'ambiguous'; readonly earlier: Date; readonly later: Date }
  /** `shifted` is the reading moved forward by the length of the gap, as calendars commonly do. */
  | { readonly kind: 'nonexistent'; readonly shifted: Date }
  | { readonly kind: 'invalid' }

const DAY_MS = 86_400_000
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Reads `YYYY-MM-DD`; undefined for anything that is not a day of the calendar (also year 0000). */
export function parseDay(text: string): CalendarDay | undefined {
  const match = DAY_PATTERN.exec(text)
  if (!match) return undefined
  return makeDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** The day of a year, month (1 to 12) and day of the month; undefined if there is none. */
export function makeDay(year: number, month: number, day: number): CalendarDay | undefined {
  if (!(Number.isInteger(year) && year >= 1 && year <= 9999)) return undefined
  if (!(Number.isInteger(month) && month >= 1 && month <= 12)) return undefined
  if (!(Number.isInteger(day) && day >= 1 && day <= daysInMonth(year, month))) return undefined
  return dayOf(year, month, day)
}

/**
 * Reads a day our own storage or code wrote.
 *
 * @throws RangeError (a defect, not a refusal) if the text is no day
 */
export function toDay(text: string): CalendarDay {
  const day = parseDay(text)
  if (day === undefined) throw new RangeError(`not a calendar day: ${text}`)
  return day
}

/** 28 to 31; month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whole days since 1970-01-01, negative before it. */
export function dayNumber(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

/** The inverse of {@link dayNumber}. @throws RangeError outside the years 0001 to 9999 */
export function dayFromNumber(number: number): CalendarDay {
  const date = new Date(number * DAY_MS)
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) throw new RangeError('a calendar day lies in the years 0001 to 9999')
  return dayOf(year, date.getUTCMonth() + 1, date.getUTCDate())
}

/** The day `count` days later, or earlier if negative. @throws RangeError outside the years 0001 to 9999 */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return dayFromNumber(dayNumber(day) + count)
}

/** Days from `from` to `to`: 1 from Monday to the Tuesday after it, negative if `to` is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: CalendarDay): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((dayNumber(day) + 3) % 7) + 7) % 7) + 1) as Weekday
}

/** Whether a name is a zone this server knows, such as `America/Toronto` or `UTC`; offsets (`+01:00`) are not. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

type OffsetSpan = { readonly from: number; readonly to: number; readonly offsetMs: number }

/** Offsets already looked up: a zone has few spans, and every date of a long list falls into the same ones. */
const offsetSpans = new Map<string, OffsetSpan[]>()
const REMEMBERED_FROM = Date.UTC(1900, 0)
const REMEMBERED_TO = Date.UTC(2200, 0)

/**
 * Milliseconds that local time is ahead of UTC at an instant (negative west of Greenwich).
 *
 * @throws RangeError if the zone is unknown: check it with {@link isZone} where it enters
 */
export function offsetAt(epochMs: number, zone: string): number {
  const spans = offsetSpans.get(zone)
  const known = spans?.find(({ from, to }) => epochMs >= from && epochMs < to)
  if (known) return known.offsetMs
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)
  const offsetMs = Math.trunc(zoned.offsetNanoseconds / 1_000_000)
  if (epochMs >= REMEMBERED_FROM && epochMs < REMEMBERED_TO) {
    const to = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY
    // One nanosecond later, so that an instant on a transition finds that transition and not the one before.
    const previous = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
    const span = { from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY, to, offsetMs }
    offsetSpans.set(zone, [span, ...(spans ?? [])])
  }
  return offsetMs
}

/** What the clocks of a zone show at an instant. */
export function localTimeAt(instant: Date, zone: string): LocalTime {
  const local = new Date(instant.getTime() + offsetAt(instant.getTime(), zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  }
}

/** The instant at which the clocks of a zone show a time, or why there is not exactly one. */
export function localTimeToInstant(local: LocalTime, zone: string): LocalTimeMeaning {
  if (!isLocalTime(local)) return { kind: 'invalid' }
  const wall = wallClockMs(local)
  const before = wall - offsetAt(wall - DAY_MS, zone)
  const after = wall - offsetAt(wall + DAY_MS, zone)
  const candidates = before === after ? [before] : [before, after]
  const matches = candidates.filter((ms) => ms + offsetAt(ms, zone) === wall).sort((a, b) => a - b)
  const [first, second] = matches
  if (first === undefined) return { kind: 'nonexistent', shifted: new Date(before) }
  if (second === undefined) return { kind: 'instant', instant: new Date(first) }
  return { kind: 'ambiguous', earlier: new Date(first), later: new Date(second) }
}

/** Like {@link localTimeToInstant}, always answering: the earlier of two, and past a gap. `invalid` is a defect. */
export function nearestInstant(local: LocalTime, zone: string): Date {
  const meaning = localTimeToInstant(local, zone)
  switch (meaning.kind) {
    case 'instant':
      return meaning.instant
    case 'ambiguous':
      return meaning.earlier
    case 'nonexistent':
      return meaning.shifted
    case 'invalid':
      throw new RangeError('not a time of day')
  }
}

/** The calendar day in a zone at an instant. */
export function zoneDay(instant: Date, zone: string): CalendarDay {
  return dayFromNumber(Math.floor((instant.getTime() + offsetAt(instant.getTime(), zone)) / DAY_MS))
}

/** The first instant of a day in a zone; later than 00:00 where the clocks skip midnight. */
export function startOfDay(day: CalendarDay, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}

/** The last millisecond of a day in a zone. */
export function endOfDay(day: CalendarDay, zone: string): Date {
  return new Date(startOfDay(addDays(day, 1), zone).getTime() - 1)
}

/**
 * ISO-8601 with the zone's offset at that instant: `2019-07-25T10:49:47-04:00`. Six digits of a second only when they
 * are not zero (`.323000`); a zone named UTC prints `Z`.
 */
export function formatOffsetDateTime(instant: Date, zone: string): string {
  const offsetMs = offsetAt(instant.getTime(), zone)
  const local = new Date(instant.getTime() + offsetMs).toISOString()
  const fraction = local.slice(-4, -1)
  const seconds = fraction === '000' ? local.slice(0, -5) : `${local.slice(0, -1)}000`
  return seconds + (zone === 'UTC' || zone === 'Etc/UTC' ? 'Z' : formatOffset(offsetMs))
}

/** `01 Aug 2019`. */
export function formatDayWithMonthName(day: CalendarDay): string {
  return `${day.slice(8)} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** `02 Aug 2019 23:45` on the clocks of a zone. */
export function formatMinuteWithMonthName(instant: Date, zone: string): string {
  const { hour, minute } = localTimeAt(instant, zone)
  return `${formatDayWithMonthName(zoneDay(instant, zone))} ${twoDigits(hour)}:${twoDigits(minute)}`
}

function dayOf(year: number, month: number, day: number): CalendarDay {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}` as CalendarDay
}

function isLocalTime(local: LocalTime): boolean {
  return (
    makeDay(local.year, local.month, local.day) !== undefined &&
    isWhole(local.hour, 23) &&
    isWhole(local.minute, 59) &&
    isWhole(local.second, 59) &&
    isWhole(local.millisecond, 999)
  )
}

function isWhole(value: number, highest: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= highest
}

/** The wall clock as if it ran in UTC. `Date.UTC` alone would take years below 100 for 19xx. */
function wallClockMs(local: LocalTime): number {
  const date = new Date(0)
  date.setUTCFullYear(local.year, local.month - 1, local.day)
  return date.setUTCHours(local.hour, local.minute, local.second, local.millisecond)
}

function formatOffset(offsetMs: number): string {
  const seconds = Math.abs(Math.trunc(offsetMs / 1000))
  const sign = offsetMs < 0 ? '-' : '+'
  const minutes = `${sign}${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}`
  // Local mean times before standard time had offsets with seconds.
  return seconds % 60 === 0 ? minutes : `${minutes}:${twoDigits(seconds % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
