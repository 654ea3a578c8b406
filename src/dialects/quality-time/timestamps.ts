import { endOfDay, parseDay } from '../../core/calendar.ts'

/** `2026-01-31T09:15:02.123000+00:00`: UTC with microseconds and offset. */
export function wireTimestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, -1)}000+00:00`
}

/** As {@link wireTimestamp}, of an instant that is stored as text. */
export function wireTimestampText(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : wireTimestamp(new Date(time))
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/

/**
 * Reads a date to travel to: a day means its end at the site; a time without a fraction means the end of its second. The
 * future, and nothing, mean now (undefined).
 *
 * @returns `invalid` for what is no date
 */
export function parseReportDate(text: string | null, now: Date, zone: string): Date | undefined | 'invalid' {
  if (text === null || text === '') return undefined
  const day = parseDay(text)
  // a `+` that was not encoded comes as a blank
  const found = day ? endOfDay(day, zone) : instantOf(text.replace(/ (?=\d\d:?\d\d$)/, '+'))
  if (!found) return 'invalid'
  return found >= now ? undefined : found
}

function instantOf(text: string): Date | undefined {
  const [, day, time = '', fraction = '.999999', offset = 'Z'] = DATE_TIME.exec(text) ?? []
  if (day === undefined || !parseDay(day)) return undefined
  const seconds = time.length === 5 ? `${time}:00` : time
  const instant = new Date(`${day}T${seconds}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}
