const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How much of an instant is shown: `auto` leaves out the year when it is this one. */
export type TimeDetail = 'auto' | 'day' | 'seconds'

/** An instant as the reader's locale writes it, in the given zone; of days around today only the word. */
export function formatInstant(
  at: Date,
  zone: string,
  detail: TimeDetail = 'auto',
  now: Date = new Date(),
  locale?: string,
): string {
  const daysFromToday = (Date.parse(dayIn(at, zone)) - Date.parse(dayIn(now, zone))) / DAY_MS
  if (detail === 'auto' && Math.abs(daysFromToday) <= 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(daysFromToday, 'day')
    return `${word} ${formatClock(at, zone, locale)}`
  }
  const year = (date: Date): string =>
    new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(date)
  const isThisYear = year(at) === year(now)
  const day: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }
  const time: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(detail === 'seconds' ? { second: '2-digit' } : {}),
  }
  const parts = detail === 'day' ? day : { ...day, ...time }
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone }).format(at)
}

/** The time of day in the given zone. */
export function formatClock(at: Date, zone: string, locale?: string): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const
  return new Intl.DateTimeFormat(locale, time).format(at)
}

/** A calendar day (`YYYY-MM-DD`) as the reader's locale writes it; anything else unchanged. */
export function formatDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}

/** `2 hr ago`, `in 3 days`. */
export function formatRelative(at: Date, now: Date): string {
  const difference = at.getTime() - now.getTime()
  const size = Math.abs(difference)
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
  if (size < MINUTE_MS) return words.format(0, 'second')
  if (size < HOUR_MS) return words.format(Math.round(difference / MINUTE_MS), 'minute')
  if (size < 48 * HOUR_MS) return words.format(Math.round(difference / HOUR_MS), 'hour')
  if (size < 45 * DAY_MS) return words.format(Math.round(difference / DAY_MS), 'day')
  if (size < 500 * DAY_MS) return words.format(Math.round(difference / (30.44 * DAY_MS)), 'month')
  return words.format(Math.round(difference / (365.25 * DAY_MS)), 'year')
}

/** The day, `YYYY-MM-DD`, on which an instant falls in the given zone. */
export function dayIn(at: Date, zone: string): string {
  return wallClock(at, zone).slice(0, 10)
}

/** What the clock on the wall shows, `YYYY-MM-DDTHH:mm`: the value of a `datetime-local` field. */
export function wallClock(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The instant at which the clock on the wall shows `text` (`YYYY-MM-DDTHH:mm`). Where that happens twice, in
 * autumn, the first; where it never happens, in spring, or the text is no time: undefined.
 */
export function instantOf(text: string, zone: string): Date | undefined {
  const asUtc = Date.parse(`${text.slice(0, 16)}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  const candidates = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => {
    const offset = Date.parse(`${wallClock(new Date(near), zone)}:00Z`) - near
    return asUtc - offset
  })
  const matching = candidates.filter((at) => wallClock(new Date(at), zone) === text.slice(0, 16))
  return matching.length === 0 ? undefined : new Date(Math.min(...matching))
}

/** The two ends of a calendar day in the given zone: its first instant and that of the next day. */
export function dayBounds(day: string, zone: string): readonly [Date, Date] | undefined {
  const next = nextDay(day)
  const from = firstInstant(day, zone)
  const to = next === undefined ? undefined : firstInstant(next, zone)
  return from === undefined || to === undefined ? undefined : [from, to]
}

function nextDay(day: string): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? undefined : new Date(at + DAY_MS).toISOString().slice(0, 10)
}

/** Some zones change their clocks at midnight, so that a day begins at one. */
function firstInstant(day: string, zone: string): Date | undefined {
  return instantOf(`${day}T00:00`, zone) ?? instantOf(`${day}T01:00`, zone)
}

/** `1:30:00` for 5400 seconds, `2 d 0:00:00` for two days. */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? '−' : ''
  const whole = Math.abs(Math.round(seconds))
  const days = Math.floor(whole / 86_400)
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = `${Math.floor((whole % 86_400) / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return `${sign}${days > 0 ? `${days} d ` : ''}${clock}`
}

const DURATION_WORDS =
  /^(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?$/
const DURATION_CLOCK = /^(?:(\d+)\s*d?\s+)?(\d+):(\d{1,2})(?::(\d{1,2}))?$/

/** Reads `1:30` (hours and minutes), `1:30:00`, `2 d 4:00:00`, `90 min`, `1 h 30 min`; seconds, or undefined. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  const match = DURATION_CLOCK.exec(trimmed) ?? DURATION_WORDS.exec(trimmed)
  if (trimmed === '' || match === null) return undefined
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}
