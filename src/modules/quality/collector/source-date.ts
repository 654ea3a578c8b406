import { localTimeAt, makeDay, nearestInstant } from '../../../core/calendar.ts'
import { SourceFailure } from './source-reader.ts'

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Z]{3,5})?$/i

/**
 * Reads a date as tools write them: ISO-8601 with or without separators and zone, or with the month's name. A date
 * without zone is in the zone of the laboratory.
 *
 * @throws SourceFailure `parse`
 */
export function readSourceDate(text: string, zone: string): Date {
  const trimmed = text.trim().slice(0, 100)
  const found = ISO.test(trimmed) ? fromIso(trimmed, zone) : fromWords(trimmed, zone)
  if (!found) throw new SourceFailure('parse', 'The date cannot be read.')
  return found
}

function fromIso(text: string, zone: string): Date | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] =
    ISO.exec(text) ?? []
  const date = makeDay(Number(year), Number(month), Number(day))
  if (!date || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const iso = `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}.${fraction.padEnd(3, '0').slice(0, 3)}`
  return atOffset(iso, offset, zone)
}

function atOffset(iso: string, offset: string | undefined, zone: string): Date | undefined {
  const suffix = offset === undefined ? undefined : offsetOf(offset)
  const asUtc = new Date(`${iso}Z`)
  if (Number.isNaN(asUtc.getTime())) return undefined
  // zones that only have a name of their own, such as CEST, are taken as those of the laboratory
  return suffix === undefined ? inZone(asUtc, zone) : new Date(`${iso}${suffix}`)
}

function offsetOf(text: string): string | undefined {
  if (/^(z|utc|gmt)$/i.test(text)) return 'Z'
  return /^[+-]/.test(text) ? `${text.slice(0, 3)}:${text.slice(-2)}` : undefined
}

/** `Thu, 28 Mar 2019 13:20:20`, with or without a zone. */
function fromWords(text: string, zone: string): Date | undefined {
  if (!/[a-z]{3}/i.test(text)) return undefined
  const hasZone = /(Z|UTC|GMT|[+-]\d\d:?\d\d)$/i.test(text)
  const time = Date.parse(hasZone ? text : `${text} UTC`)
  if (Number.isNaN(time)) return undefined
  return hasZone ? new Date(time) : inZone(new Date(time), zone)
}

/** The same reading of the clock in a zone. */
function inZone(asUtc: Date, zone: string): Date {
  return nearestInstant(localTimeAt(asUtc, 'UTC'), zone)
}
