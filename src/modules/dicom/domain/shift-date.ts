import { createHmac } from 'node:crypto'
import { isDate } from './value-rules.ts'

/** A shift is between one day and ten years into the past. */
const MOST_DAYS = 3650

/** Days by which all dates of a patient are shifted; the same for the same patient under the same key. */
export function dateShiftDays(patient: string, key: Uint8Array): number {
  const digest = createHmac('sha256', key).update(`dates of ${patient}`, 'utf8').digest()
  return -1 - (digest.readUInt32BE(0) % MOST_DAYS)
}

/** `YYYYMMDD` moved by whole days; undefined if it is no date. */
export function shiftDate(date: string, days: number): string | undefined {
  if (!isDate(date)) return undefined
  const instant = new Date(0)
  instant.setUTCFullYear(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)))
  instant.setUTCDate(instant.getUTCDate() + days)
  const year = instant.getUTCFullYear()
  if (year < 1) return undefined
  return `${String(year).padStart(4, '0')}${two(instant.getUTCMonth() + 1)}${two(instant.getUTCDate())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** A DICOM DT moved by whole days, its time kept; one without a day cannot be moved. */
export function shiftDateTime(text: string, days: number): string | undefined {
  const date = shiftDate(text.slice(0, 8), days)
  return date && date + text.slice(8)
}
