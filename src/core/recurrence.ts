import { dayFromNumber, dayNumber, localTimeAt, nearestInstant, toDay, zoneDay } from './calendar.ts'
import { type RecurrenceRule, ruleTimes, type WallClock } from './recurrence-rule.ts'

/** When something recurs: rules and single instants, less others. Read and written in `recurrence-text.ts`. */
export type Recurrence = {
  /** Where the rules count from unless another anchor is given. */
  readonly start: Date | null
  readonly rules: readonly RecurrenceRule[]
  readonly exclusionRules: readonly RecurrenceRule[]
  readonly dates: readonly Date[]
  /** One at midnight leaves out its whole day, whatever the time of the occurrences. */
  readonly exclusionDates: readonly Date[]
}

/** How far ahead occurrences are looked for: as far as 29 February needs to fall on the same weekday again. */
export const HORIZON_YEARS = 30

const HORIZON_DAYS = Math.ceil(HORIZON_YEARS * 365.25)
/** Days walked for rules that count their occurrences and have to be followed from their anchor on. */
const LONGEST_WALK_DAYS = 100_000

const LAST_DAY = dayNumber(toDay('9999-12-30'))

/** Where and when a recurrence is evaluated: on the clocks of `zone`, counting from `anchor` (whole seconds). */
export type RecurrenceFrame = { readonly anchor: Date; readonly zone: string }

/**
 * The first occurrence strictly after an instant. Occurrences keep the anchor's time of day across changes of the
 * clock; one that falls into a skipped hour moves on by the length of the gap, one in a repeated hour is the earlier.
 *
 * @returns undefined if there is none within {@link HORIZON_YEARS}, or if 2000 in a row are excluded
 */
export function nextOccurrence(
  recurrence: Recurrence,
  after: Date,
  frame: RecurrenceFrame,
): Date | undefined {
  for (const instant of occurrencesFrom(recurrence, after, frame)) {
    if (instant.getTime() > after.getTime()) return instant
  }
  return undefined
}

/** Occurrences from `from` to `to`, both included, in order, at most `limit` and within the horizon. */
export function occurrencesBetween(
  recurrence: Recurrence,
  { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
  frame: RecurrenceFrame,
): readonly Date[] {
  const found: Date[] = []
  for (const instant of occurrencesFrom(recurrence, from, frame)) {
    if (instant.getTime() > to.getTime() || found.length >= limit) break
    if (instant.getTime() >= from.getTime()) found.push(instant)
  }
  return found
}

/** Enough for five years of excluded days; a rule that excludes itself would otherwise be followed to the horizon. */
const MOST_EXCLUDED_IN_A_ROW = 2000

/** Occurrences in order, without repetition, starting at the latest with the first one at or after `from`. */
function* occurrencesFrom(recurrence: Recurrence, from: Date, frame: RecurrenceFrame): Generator<Date> {
  const fromDay = dayNumber(zoneDay(from, frame.zone))
  const sources = recurrence.rules.map((rule) => new Cursor(ruleInstants(rule, fromDay, frame)))
  sources.push(new Cursor(sortedTimes(recurrence.dates).values()))
  const excluded = recurrence.exclusionRules.map((rule) => new Cursor(ruleInstants(rule, fromDay, frame)))
  const isExcludedDate = exclusionTest(recurrence.exclusionDates, frame.zone)
  for (let inARow = 0; inARow < MOST_EXCLUDED_IN_A_ROW; inARow += 1) {
    const next = Math.min(...sources.map(({ head }) => head ?? Number.POSITIVE_INFINITY))
    if (next === Number.POSITIVE_INFINITY) return
    for (const source of sources) source.skipTo(next + 1)
    for (const source of excluded) source.skipTo(next)
    if (excluded.some(({ head }) => head === next) || isExcludedDate(next)) continue
    yield new Date(next)
    inARow = 0
  }
}

function* ruleInstants(
  rule: RecurrenceRule,
  fromDay: number,
  { anchor, zone }: RecurrenceFrame,
): Generator<number> {
  const local = localTimeAt(anchor, zone)
  const anchorDay = dayNumber(zoneDay(anchor, zone))
  const lastDay = Math.min(Math.max(fromDay, anchorDay) + HORIZON_DAYS, anchorDay + walkLimit(rule), LAST_DAY)
  let last = Number.NEGATIVE_INFINITY
  for (const time of ruleTimes(rule, local, { fromDay, lastDay })) {
    const instant = instantOf(time, zone)
    if (rule.until !== null && instant > rule.until.getTime()) return
    // Two readings on either side of a gap can mean the same instant.
    if (instant > last) yield instant
    last = instant
  }
}

function walkLimit(rule: RecurrenceRule): number {
  return rule.count === null ? Number.POSITIVE_INFINITY : LONGEST_WALK_DAYS
}

function instantOf({ day, second }: WallClock, zone: string): number {
  const [year, month, dayOfMonth] = dayFromNumber(day).split('-').map(Number)
  const local = {
    year: year ?? 0,
    month: month ?? 0,
    day: dayOfMonth ?? 0,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
    millisecond: 0,
  }
  return nearestInstant(local, zone).getTime()
}

function sortedTimes(dates: readonly Date[]): readonly number[] {
  return dates.map((date) => date.getTime()).sort((a, b) => a - b)
}

function exclusionTest(dates: readonly Date[], zone: string): (epochMs: number) => boolean {
  const instants = new Set(dates.map((date) => date.getTime()))
  const wholeDays = new Set(dates.filter((date) => isMidnight(date, zone)).map((date) => zoneDay(date, zone)))
  if (wholeDays.size === 0) return (epochMs) => instants.has(epochMs)
  return (epochMs) => instants.has(epochMs) || wholeDays.has(zoneDay(new Date(epochMs), zone))
}

function isMidnight(instant: Date, zone: string): boolean {
  const { hour, minute, second } = localTimeAt(instant, zone)
  return hour === 0 && minute === 0 && second === 0
}

/** An ascending source read one step ahead, so that several can be merged. */
class Cursor {
  readonly #source: Iterator<number>
  head: number | undefined

  constructor(source: Iterator<number>) {
    this.#source = source
    this.#advance()
  }

  skipTo(least: number): void {
    while (this.head !== undefined && this.head < least) this.#advance()
  }

  #advance(): void {
    const { done, value } = this.#source.next()
    this.head = done === true ? undefined : value
  }
}
