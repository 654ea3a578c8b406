import type { WireUsage } from '../../../../src/dialects/native/dicom/developer.schema.ts'

/** Every day of the month, those without use as zero; of the current month up to the last day with use. */
export function daysOfMonth({
  month,
  isCurrent,
  days,
}: Pick<WireUsage, 'month' | 'isCurrent' | 'days'>): WireUsage['days'] {
  const known = new Map(days.map((day) => [day.day, day]))
  const last = isCurrent ? Number(days.at(-1)?.day.slice(8) ?? 0) : daysIn(month)
  return Array.from({ length: last }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`
    return known.get(day) ?? { day, read: 0, generate: 0 }
  })
}

function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}

/** `2026-01` and -1: `2025-12`. */
export function otherMonth(month: string, step: -1 | 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7)
}

export function monthName(month: string): string {
  const at = new Date(`${month}-15T00:00:00Z`)
  return new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
}
