/** The first day of the month that a text names, as `YYYY-MM-DD`; undefined where it names none. */
export function monthWithin(text: string | undefined): string | undefined {
  if (!/^\d{4}-(0[1-9]|1[0-2])(-\d\d)?$/.test(text ?? '')) return undefined
  return `${text?.slice(0, 7)}-01`
}

/** The month so many months later, or earlier. */
export function shiftMonth(month: string, count: number): string {
  const at = new Date(`${month}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + count)
  return at.toISOString().slice(0, 10)
}

/** `November 2026`, as the reader writes it. */
export function monthTitle(month: string): string {
  return new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}T00:00:00Z`),
  )
}

const DAYS_OF_WEEK = 7
/** A Monday. */
const SOME_MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

/** Short names of the days of a week, Monday first. */
export function weekdayNames(): readonly string[] {
  const format = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: DAYS_OF_WEEK }, (_, day) => format.format(new Date(SOME_MONDAY + day * DAY_MS)))
}

/** How many days of the week lie before a day, from Monday. */
export function daysSinceMonday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK
}
