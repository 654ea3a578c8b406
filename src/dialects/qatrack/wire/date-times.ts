import { formatOffsetDateTime, localTimeToInstant } from '../../../core/calendar.ts'

const DATETIME_PROBLEM =
  'Datetime has wrong format. Use one of these formats instead: DD [Jan-Dec] YYYY hh:mm, DD [Jan-Dec] YYYY hh:mm:ss, ' +
  'YYYY-MM-DD hh:mm, YYYY-MM-DD hh:mm:ss, YYYY-MM-DD hh:mm:ss.uuuuuu, YYYY-MM-DDThh:mm:ss.uuuuuuZ.'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const NAMED_MONTH = /^(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/i
const NUMBERED =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:?\d{2})?$/i

export type ParsedInstant = { readonly instant: Date } | { readonly problem: string }

/**
 * Reads a date-time of a request body: the six documented patterns in the site's zone, and ISO-8601 with an offset or
 * `Z`.
 *
 * @returns the instant, or the documented message
 */
export function parseWireInstant(text: string, zone: string): ParsedInstant {
  const trimmed = text.trim()
  const named = NAMED_MONTH.exec(trimmed)
  if (named) {
    const [, day, month = '', year, hour, minute, second] = named
    return readLocal(
      [
        Number(year),
        MONTHS.indexOf(month.toLowerCase()) + 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second ?? 0),
        0,
      ],
      zone,
    )
  }
  const numbered = NUMBERED.exec(trimmed)
  if (!numbered) return { problem: DATETIME_PROBLEM }
  const [, year, month, day, hour, minute, second, fraction, offset] = numbered
  // a `T` without offset is none of the documented patterns
  if (offset === undefined && /\dT/i.test(trimmed)) return { problem: DATETIME_PROBLEM }
  const parts = [year, month, day, hour, minute, second ?? 0].map(Number)
  return readLocal([...parts, millisecondsOf(fraction)], zone, offset)
}

function readLocal(parts: readonly number[], zone: string, offset?: string): ParsedInstant {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = parts
  const local = { year, month, day, hour, minute, second, millisecond }
  const ahead = offsetMs(offset)
  if (ahead === undefined) return { problem: DATETIME_PROBLEM }
  const meaning = localTimeToInstant(local, offset === undefined ? zone : 'UTC')
  switch (meaning.kind) {
    case 'instant':
      return inRange(new Date(meaning.instant.getTime() - ahead))
    case 'invalid':
      return { problem: DATETIME_PROBLEM }
    default:
      return { problem: `Invalid datetime for the timezone "${zone}".` }
  }
}

/** The first three digits of a fraction of a second; more than that is not kept. */
function millisecondsOf(fraction: string | undefined): number {
  return Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
}

/** Instants outside are not the same text in both databases. */
const FIRST_INSTANT = Date.parse('0001-01-02T00:00:00Z')
const LAST_INSTANT = Date.UTC(9999, 11, 31)

function inRange(instant: Date): ParsedInstant {
  const time = instant.getTime()
  return time >= FIRST_INSTANT && time < LAST_INSTANT
    ? { instant }
    : { problem: 'Datetime value out of range.' }
}

/** Undefined for an offset that no clock has. */
function offsetMs(offset: string | undefined): number | undefined {
  if (offset === undefined || /^z$/i.test(offset)) return 0
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)
  const [hours, minutes] = [Number(match?.[2]), Number(match?.[3])]
  if (!match || hours > 23 || minutes > 59) return undefined
  const total = (hours * 60 + minutes) * 60_000
  return match[1] === '-' ? -total : total
}

/** A date-time as answers show it: ISO-8601 with the site zone's offset at that instant. */
export function presentInstant(instant: Date | null, zone: string): string | null {
  return instant && formatOffsetDateTime(instant, zone)
}

/** `[D ]HH:MM:SS` of a length of time in seconds. */
export function presentDuration(seconds: number | null): string | null {
  if (seconds === null) return null
  const days = Math.floor(seconds / 86_400)
  const rest = seconds - days * 86_400
  const clock = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${days > 0 ? `${days} ` : ''}${clock.join(':')}`
}

const FILTER_INSTANT =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** Reads a date-time of a query: ISO-8601 with `T` or a blank; without an offset it is meant in the site's zone. */
export function parseFilterInstant(text: string, zone: string): Date | undefined {
  const match = FILTER_INSTANT.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction, offset] = match
  const parts = [year, month, day, hour, minute, second ?? 0].map(Number)
  const full = offset === undefined || offset.length > 3 || /^z$/i.test(offset) ? offset : `${offset}:00`
  const read = readLocal([...parts, millisecondsOf(fraction)], zone, full)
  return 'instant' in read ? read.instant : undefined
}
