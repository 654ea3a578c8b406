import { localTimeAt, nearestInstant, offsetAt, parseDay, startOfDay } from '../../../core/calendar.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** An instant as the documented system prints it: `2013/09/29 10:12:44 GMT+2`, with microseconds when there are any. */
export function formatZopeDate(instant: Date, zone: string): string {
  const { year, month, day, hour, minute, second } = localTimeAt(instant, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  const ms = instant.getTime() % 1000
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}000`
  const date = `${String(year).padStart(4, '0')}/${two(month)}/${two(day)}`
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}${fraction} ${zoneName(offsetAt(instant.getTime(), zone))}`
}

function zoneName(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const sign = offsetMs < 0 ? '-' : '+'
  const rest = minutes % 60
  return `GMT${sign}${Math.floor(minutes / 60)}${rest === 0 ? '' : String(rest).padStart(2, '0')}`
}

const NUMERIC =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?\s*(Z|UTC|GMT(?:[+-]\d{1,4})?|[+-]\d{2}:?\d{2})?$/i
const NAMED =
  /^(?:[a-z]{3},\s*)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|UTC|GMT(?:[+-]\d{1,4})?|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads a date as forms send it: a day alone is that day in the site's zone; with a time but no zone, `-` means UTC and `/`
 * the site's zone.
 *
 * @returns undefined for anything else
 * @see specification 1.4
 */
export function parseZopeDate(text: string, zone: string): Date | undefined {
  const given = text.trim()
  const numeric = NUMERIC.exec(given)
  if (numeric) {
    const [, year, separator, month, day, hour, minute, second, fraction, offset] = numeric
    return settle(
      { year, month, day, hour, minute, second, fraction },
      offset ?? (separator === '-' ? 'UTC' : undefined),
      zone,
    )
  }
  const named = NAMED.exec(given)
  if (!named) return undefined
  const [, day, name = '', year, hour, minute, second, offset] = named
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  return month === 0
    ? undefined
    : settle({ year, month: String(month), day, hour, minute, second, fraction: undefined }, offset, zone)
}

type Parts = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction', string | undefined>
>

function settle(parts: Parts, offset: string | undefined, zone: string): Date | undefined {
  const two = (value: string | undefined) => (value ?? '0').padStart(2, '0')
  const day = parseDay(`${parts.year}-${two(parts.month)}-${two(parts.day)}`)
  if (day === undefined) return undefined
  if (parts.hour === undefined) return startOfDay(day, zone)
  const clock = { hour: Number(parts.hour), minute: Number(parts.minute), second: Number(parts.second ?? 0) }
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return undefined
  const ms = Number((parts.fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  if (offset === undefined) {
    return new Date(nearestInstant({ year, month, day: date, ...clock, millisecond: 0 }, zone).getTime() + ms)
  }
  return new Date(
    Date.UTC(year, month - 1, date, clock.hour, clock.minute, clock.second, ms) - offsetMsOf(offset),
  )
}

function offsetMsOf(text: string): number {
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(text)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000
}
