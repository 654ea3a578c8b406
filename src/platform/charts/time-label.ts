const DAY_MS = 86_400_000

/**
 * Words under the time axis, as long as the axis is fine: years and months over years, days over weeks, hours and
 * minutes over hours.
 *
 * @param spanMs length of the axis
 * @returns a function of the local time at the tick, given as if it were UTC
 */
export function timeLabels(spanMs: number, locale: string): (localMs: number) => string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...labelParts(spanMs) })
  return (localMs) => format.format(localMs)
}

function labelParts(spanMs: number): Intl.DateTimeFormatOptions {
  if (spanMs > 600 * DAY_MS) return { year: 'numeric', month: 'short' }
  if (spanMs > 90 * DAY_MS) return { year: '2-digit', month: 'short', day: 'numeric' }
  if (spanMs > 3 * DAY_MS) return { month: 'short', day: 'numeric' }
  if (spanMs > DAY_MS / 2) return { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }
  return { hour: '2-digit', minute: '2-digit' }
}
