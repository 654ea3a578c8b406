import { parseDay } from './calendar.ts'

const INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** Reads ISO-8601 with its zone, such as `2026-11-21T07:42:00Z`; undefined for days and times that do not exist. */
export function parseInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text)
  return match && parseDay(match[1] ?? '') ? new Date(text) : undefined
}
