/** What an assignment has performed: one list, or a cycle of lists by day. The same list may stand on several days. */
export type PerformedCollection =
  | { readonly kind: 'list' }
  | { readonly kind: 'cycle'; readonly days: number }

/** How the days of a cycle are offered: `Day 1`, or by the name of the list of that day. */
export type DayOptionText = 'day' | 'tlname'

export const DEFAULT_DROP_DOWN_LABEL = 'Choose Day'

/**
 * The day (from 0) to perform next: the one after that of the last completed session, from the start again after the
 * last one. Sessions in progress do not count, so the caller leaves them out.
 *
 * @param lastDay day of the last completed session; null if there is none
 */
export function nextDay(collection: PerformedCollection, lastDay: number | null): number {
  if (collection.kind === 'list' || lastDay === null) return 0
  return lastDay + 1 < collection.days && lastDay >= 0 ? lastDay + 1 : 0
}

/** Why a day cannot be performed; undefined if it can. A plain list may be given day 0 or none. */
export function dayProblem(collection: PerformedCollection, day: number | null): string | undefined {
  if (day === null) {
    const problem = "You must include the 'day' key when performing a Test List Cycle"
    return collection.kind === 'cycle' ? problem : undefined
  }
  const last = collection.kind === 'cycle' ? collection.days - 1 : 0
  if (Number.isInteger(day) && day >= 0 && day <= last) return undefined
  return `'${day}' is not a valid day for this Test Collection.  Day must be between 0 & ${last}`
}

/** The text that offers a day (from 0) for performing. */
export function dayLabel(text: DayOptionText, day: number, listName: string): string {
  return text === 'tlname' ? listName : `Day ${day + 1}`
}
