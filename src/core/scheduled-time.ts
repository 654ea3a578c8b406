import { localTimeAt, nearestInstant } from './calendar.ts'
import { nextOccurrence } from './recurrence.ts'
import { parseRecurrence } from './recurrence-text.ts'

/**
 * When something scheduled runs next after an instant, on the clocks of the site.
 *
 * @param anchor the instant from whose day the rule counts, such as the day it was saved
 * @param minuteOfDay minutes after midnight; a time that the clocks skip moves on by the length of the gap
 * @returns null if never again
 */
export function nextRun(
  { recurrence, minuteOfDay }: { readonly recurrence: string; readonly minuteOfDay: number },
  { after, anchor, zone }: { readonly after: Date; readonly anchor: Date; readonly zone: string },
): Date | null {
  const parsed = parseRecurrence(recurrence, zone)
  const start = parsed.start ?? anchor
  const local = localTimeAt(start, zone)
  const timed = nearestInstant(
    { ...local, hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60, second: 0, millisecond: 0 },
    zone,
  )
  return nextOccurrence(parsed, after, { anchor: timed, zone }) ?? null
}
