import {
  type CalendarDay,
  type LocalTimeMeaning,
  localTimeToInstant,
  makeDay,
  nearestInstant,
} from '../../../core/calendar.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY_FIRST = /^(\d{1,2}) +([a-z]{3}) +(\d{4})(?: +(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$/i
const YEAR_FIRST =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:( +|T)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/** Reads `YYYY-MM-DD` or `DD Mon YYYY`, single digits allowed; undefined for anything else. */
export function readDay(text: string): CalendarDay | undefined {
  const trimmed = text.trim()
  const dayFirst = DAY_FIRST.exec(trimmed)
  if (dayFirst && dayFirst[4] === undefined) {
    return makeDay(Number(dayFirst[3]), monthNumber(dayFirst[2]), Number(dayFirst[1]))
  }
  const yearFirst = YEAR_FIRST.exec(trimmed)
  if (yearFirst && yearFirst[5] === undefined) {
    return makeDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
  }
  return undefined
}

/**
 * Reads an instant as people and scripts write it: `DD Mon YYYY HH:MM[:SS]` or `YYYY-MM-DD HH:MM[:SS[.ffffff]]` on the
 * clocks of the site, or ISO-8601 with `Z` or an offset. Single-digit parts are allowed, microseconds are cut off.
 *
 * @returns what the clock reading means, `invalid` included; undefined if the text has none of these forms
 * @see specification of machine QA, 1.6
 */
export function readInstant(text: string, zone: string): LocalTimeMeaning | undefined {
  const trimmed = text.trim()
  const dayFirst = DAY_FIRST.exec(trimmed)
  if (dayFirst?.[4] !== undefined) {
    const [, day, month, year, hour, minute, second] = dayFirst
    return meaning([year, monthNumber(month), day, hour, minute, second ?? 0, 0], undefined, zone)
  }
  const yearFirst = YEAR_FIRST.exec(trimmed)
  if (yearFirst?.[5] === undefined) return undefined
  const [, year, month, day, separator, hour, minute, second, fraction, offset] = yearFirst
  if (separator?.trim() !== '' && offset === undefined) return undefined
  const millisecond = (fraction ?? '').slice(0, 3).padEnd(3, '0')
  return meaning([year, month, day, hour, minute, second ?? 0, millisecond], offset, zone)
}

/** As {@link readInstant}; the earlier of two instants, past a gap of the clocks, undefined for what is none. */
export function readNearestInstant(text: string, zone: string): Date | undefined {
  const found = readInstant(text, zone)
  switch (found?.kind) {
    case 'instant':
      return found.instant
    case 'ambiguous':
      return found.earlier
    case 'nonexistent':
      return found.shifted
    default:
      return undefined
  }
}

function meaning(
  parts: readonly (string | number | undefined)[],
  offset: string | undefined,
  zone: string,
): LocalTimeMeaning {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = parts.map(Number)
  const local = { year, month, day, hour, minute, second, millisecond }
  if (offset === undefined) return localTimeToInstant(local, zone)
  const atUtc = localTimeToInstant(local, 'UTC')
  if (atUtc.kind !== 'instant') return { kind: 'invalid' }
  return { kind: 'instant', instant: new Date(nearestInstant(local, 'UTC').getTime() - offsetMs(offset)) }
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1
}
