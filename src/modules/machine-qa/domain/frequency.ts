import { daysBetween, endOfDay, startOfDay, toDay, zoneDay } from '../../../core/calendar.ts'
import { occurrencesBetween, type Recurrence } from '../../../core/recurrence.ts'
import type { RecurrenceRule } from '../../../core/recurrence-rule.ts'
import { makeRule } from '../../../core/recurrence-text.ts'

/** How often something is due, and how far around its due date it may be done. */
export type Frequency = {
  readonly recurrence: Recurrence
  /** Days before the due date from which doing it counts for that date; null: it always counts ("classic"). */
  readonly windowStartDays: number | null
  /** Days after the due date from which it is overdue. */
  readonly windowEndDays: number
}

/** Address word of "no frequency". */
export const AD_HOC_SLUG = 'ad-hoc'

const SPAN = { first: toDay('2012-01-01'), last: toDay('2017-12-31') }
const SPAN_DAYS = 2192
const ENOUGH_OCCURRENCES = 5000

/** Where the rules of every frequency start: 2012-01-01, local midnight. */
export function recurrenceStart(zone: string): Date {
  return startOfDay(SPAN.first, zone)
}

/**
 * Mean days between occurrences from 2012 to 2017, whole days rounded down: only for sorting frequencies. What occurs
 * less than twice in that time counts as the whole span.
 */
export function nominalIntervalDays(recurrence: Recurrence, zone: string): number {
  const from = recurrenceStart(zone)
  const range = { from, to: endOfDay(SPAN.last, zone), limit: ENOUGH_OCCURRENCES }
  const occurrences = occurrencesBetween(recurrence, range, { anchor: from, zone })
  const [first, last] = [occurrences[0], occurrences.at(-1)]
  if (occurrences.length < 2 || first === undefined || last === undefined) return SPAN_DAYS
  return Math.floor(daysBetween(zoneDay(first, zone), zoneDay(last, zone)) / (occurrences.length - 1))
}

export type ShippedFrequency = {
  readonly name: string
  readonly slug: string
  readonly rule: RecurrenceRule
  readonly windowStartDays: number | null
  readonly windowEndDays: number
}

/** The frequencies a new site starts with. */
export const SHIPPED_FREQUENCIES: readonly ShippedFrequency[] = [
  { name: 'Daily', slug: 'daily', rule: makeRule({}), windowStartDays: null, windowEndDays: 0 },
  {
    name: 'Weekly',
    slug: 'weekly',
    rule: makeRule({ interval: 7 }),
    windowStartDays: null,
    windowEndDays: 2,
  },
  {
    name: 'Monthly',
    slug: 'monthly',
    rule: makeRule({ interval: 28 }),
    windowStartDays: null,
    windowEndDays: 7,
  },
  {
    name: 'Semi-Annual',
    slug: 'semi-annual',
    rule: makeRule({ interval: 180 }),
    windowStartDays: null,
    windowEndDays: 30,
  },
  {
    name: 'Annual',
    slug: 'annual',
    rule: makeRule({ interval: 300 }),
    windowStartDays: null,
    windowEndDays: 55,
  },
  {
    name: 'Tues-Thurs',
    slug: 'tues-thurs',
    rule: makeRule({
      frequency: 'weekly',
      weekdays: [
        { weekday: 2, nth: 0 },
        { weekday: 4, nth: 0 },
      ],
    }),
    windowStartDays: 0,
    windowEndDays: 0,
  },
  {
    name: 'MWF',
    slug: 'mwf',
    rule: makeRule({
      frequency: 'weekly',
      weekdays: [
        { weekday: 1, nth: 0 },
        { weekday: 3, nth: 0 },
        { weekday: 5, nth: 0 },
      ],
    }),
    windowStartDays: 0,
    windowEndDays: 0,
  },
]

/** The recurrence of a shipped frequency on a site's clocks. */
export function shippedRecurrence({ rule }: ShippedFrequency, zone: string): Recurrence {
  return { start: recurrenceStart(zone), rules: [rule], exclusionRules: [], dates: [], exclusionDates: [] }
}
