import { addDays, isZone, makeDay, nearestInstant, startOfDay, type Weekday, zoneDay } from './calendar.ts'
import type { Recurrence } from './recurrence.ts'
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.ts'
import { invalidInput, type RefusedError } from './refusal.ts'

const LONGEST_TEXT = 20_000
const MOST_RULES = 8
const MOST_DATES = 1000
const MOST_TIMES_A_DAY = 24
const HIGHEST_COUNT = 1000

const FREQUENCIES = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' } as const
/** About ten years each: what recurs more rarely would never be found ahead. */
const HIGHEST_INTERVAL = { daily: 3660, weekly: 520, monthly: 120, yearly: 10 } as const
const WEEKDAYS: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const ONCE_A_DAY: RecurrenceRule = {
  frequency: 'daily',
  interval: 1,
  weekStart: 1,
  count: null,
  until: null,
  weekdays: [],
  positions: [],
  months: [],
  monthDays: [],
  yearDays: [],
  weekNumbers: [],
  hours: [],
  minutes: [],
  seconds: [],
}

/** Lists of numbers in a rule: their member, and the range of each number; `fromEnd` also allows negative ones. */
const NUMBER_PARTS = {
  BYSETPOS: { member: 'positions', low: 1, high: 366, fromEnd: true },
  BYMONTH: { member: 'months', low: 1, high: 12, fromEnd: false },
  BYMONTHDAY: { member: 'monthDays', low: 1, high: 31, fromEnd: true },
  BYYEARDAY: { member: 'yearDays', low: 1, high: 366, fromEnd: true },
  BYWEEKNO: { member: 'weekNumbers', low: 1, high: 53, fromEnd: true },
  BYHOUR: { member: 'hours', low: 0, high: 23, fromEnd: false },
  BYMINUTE: { member: 'minutes', low: 0, high: 59, fromEnd: false },
  BYSECOND: { member: 'seconds', low: 0, high: 59, fromEnd: false },
} as const

/**
 * Reads lines of RFC 5545 such as `DTSTART:20120101T050000Z`, `RRULE:FREQ=DAILY;INTERVAL=7`, `EXRULE:…`, `RDATE:…`,
 * `EXDATE:…`. Times without `Z` or `TZID` are on the clocks of `zone`.
 *
 * @throws RefusedError `invalid-input` on the field `recurrences` for anything else, for rules more frequent than
 * daily, and for rules larger than any calendar needs (8 rules, 1000 dates, 24 times a day, COUNT 1000, ten years)
 */
export function parseRecurrence(text: string, zone: string): Recurrence {
  if (text.length > LONGEST_TEXT) throw refuse('The recurrence is too long')
  let start: Date | null = null
  const rules: RecurrenceRule[] = []
  const exclusionRules: RecurrenceRule[] = []
  const dates: Date[] = []
  const exclusionDates: Date[] = []
  for (const line of unfold(text)) {
    const { name, zone: lineZone, value } = parseLine(line, zone)
    switch (name) {
      case 'DTSTART':
        start = parseTime(value, lineZone)
        break
      case 'RRULE':
        rules.push(parseRule(value, lineZone))
        break
      case 'EXRULE':
        exclusionRules.push(parseRule(value, lineZone))
        break
      case 'RDATE':
        dates.push(...value.split(',').map((each) => parseTime(each, lineZone)))
        break
      case 'EXDATE':
        exclusionDates.push(...value.split(',').map((each) => parseTime(each, lineZone)))
        break
      default:
        throw refuse(`${name.slice(0, 20)} is not part of a recurrence`)
    }
  }
  if (rules.length + exclusionRules.length > MOST_RULES)
    throw refuse(`There can be ${MOST_RULES} rules at most`)
  if (dates.length + exclusionDates.length > MOST_DATES)
    throw refuse(`There can be ${MOST_DATES} dates at most`)
  return { start, rules, exclusionRules, dates, exclusionDates }
}

/** The lines of a recurrence joined by a line feed, times in UTC; {@link parseRecurrence} reads them back. */
export function printRecurrence(recurrence: Recurrence): string {
  const { start, rules, exclusionRules, dates, exclusionDates } = recurrence
  return [
    ...(start ? [`DTSTART:${formatBasicUtc(start)}`] : []),
    ...rules.map((rule) => `RRULE:${printRule(rule)}`),
    ...exclusionRules.map((rule) => `EXRULE:${printRule(rule)}`),
    ...dates.map((date) => `RDATE:${formatBasicUtc(date)}`),
    ...exclusionDates.map((date) => `EXDATE:${formatBasicUtc(date)}`),
  ].join('\n')
}

/** A daily rule with the given parts, for recurrences that code declares. */
export function makeRule(parts: Partial<RecurrenceRule>): RecurrenceRule {
  return { ...ONCE_A_DAY, ...parts }
}

/** RFC 5545, 3.1: a line that starts with white space continues the one before. */
function unfold(text: string): readonly string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function parseLine(line: string, zone: string): { name: string; zone: string; value: string } {
  const match = /^([A-Za-z]+)((?:;[^:;]*)*):(.*)$/.exec(line)
  if (!match) throw refuse(`"${line.slice(0, 40)}" is not a line of a recurrence`)
  const [, name = '', parameters = '', value = ''] = match
  const named = /;TZID=([^;]+)/i.exec(parameters)?.[1]
  if (named !== undefined && !isZone(named)) throw refuse(`${named.slice(0, 40)} is not a time zone`)
  return { name: name.toUpperCase(), zone: named ?? zone, value }
}

const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i

/** A date means its midnight. */
function parseTime(text: string, zone: string): Date {
  const match = TIME.exec(text.trim())
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match?.slice(1, 7) ?? []).map(
    (part) => Number(part ?? 0),
  )
  const isTime = hour < 24 && minute < 60 && second < 60
  if (!match || !isTime || makeDay(year, month, day) === undefined)
    throw refuse(`"${text.slice(0, 40)}" is not a date`)
  return nearestInstant({ year, month, day, hour, minute, second, millisecond: 0 }, match[7] ? 'UTC' : zone)
}

function parseRule(text: string, zone: string): RecurrenceRule {
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [name = '', value = ''] = part.split('=', 2)
    const key = name.trim().toUpperCase()
    if (parts.has(key)) throw refuse(`${key.slice(0, 20)} is given twice`)
    parts.set(key, value.trim().toUpperCase())
  }
  let rule = { ...ONCE_A_DAY, frequency: parseFrequency(parts.get('FREQ')) }
  for (const [name, value] of parts) rule = { ...rule, ...parsePart(name, value, zone) }
  checkRule(rule, parts)
  return rule
}

function parseFrequency(value: string | undefined): RecurrenceRule['frequency'] {
  if (value === undefined) throw refuse('A rule needs a FREQ')
  if (isFrequency(value)) return FREQUENCIES[value]
  throw refuse('FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY')
}

function isFrequency(value: string): value is keyof typeof FREQUENCIES {
  return Object.hasOwn(FREQUENCIES, value)
}

function parsePart(name: string, value: string, zone: string): Partial<RecurrenceRule> {
  switch (name) {
    case 'FREQ':
      return {}
    case 'INTERVAL':
      return { interval: parseNumber(name, value, { low: 1, high: HIGHEST_INTERVAL.daily, fromEnd: false }) }
    case 'COUNT':
      return { count: parseNumber(name, value, { low: 1, high: HIGHEST_COUNT, fromEnd: false }) }
    case 'UNTIL':
      return { until: parseUntil(value, zone) }
    case 'WKST':
      return { weekStart: parseWeekday(value) }
    case 'BYDAY':
      return { weekdays: value.split(',').map(parseRuleWeekday) }
    default:
      return parseNumberPart(name, value)
  }
}

function parseNumberPart(name: string, value: string): Partial<RecurrenceRule> {
  if (!isNumberPart(name)) throw refuse(`${name.slice(0, 20) || 'An empty name'} is not part of a rule`)
  const part = NUMBER_PARTS[name]
  return { [part.member]: value.split(',').map((each) => parseNumber(name, each, part)) }
}

function isNumberPart(name: string): name is keyof typeof NUMBER_PARTS {
  return Object.hasOwn(NUMBER_PARTS, name)
}

type NumberRange = { readonly low: number; readonly high: number; readonly fromEnd: boolean }

function parseNumber(name: string, text: string, { low, high, fromEnd }: NumberRange): number {
  const number = /^[+-]?\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  const size = fromEnd ? Math.abs(number) : number
  if (size >= low && size <= high) return number
  throw refuse(
    `${name} takes whole numbers from ${low} to ${high}${fromEnd ? ', negative from the end' : ''}`,
  )
}

/** A last day is included to its end. */
function parseUntil(value: string, zone: string): Date {
  const until = parseTime(value, zone)
  if (value.includes('T')) return until
  return new Date(startOfDay(addDays(zoneDay(until, zone), 1), zone).getTime() - 1000)
}

function parseWeekday(text: string): Weekday {
  const index = WEEKDAYS.indexOf(text)
  if (index < 0) throw refuse(`"${text.slice(0, 20)}" is not a weekday`)
  return (index + 1) as Weekday
}

function parseRuleWeekday(text: string): RuleWeekday {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text)
  if (!match) throw refuse(`"${text.slice(0, 20)}" is not a weekday`)
  const [, nth, weekday = ''] = match
  const range = { low: 1, high: 53, fromEnd: true }
  return { weekday: parseWeekday(weekday), nth: nth === undefined ? 0 : parseNumber('BYDAY', nth, range) }
}

function checkRule(rule: RecurrenceRule, parts: ReadonlyMap<string, string>): void {
  if (rule.count !== null && rule.until !== null) throw refuse('A rule has COUNT or UNTIL, not both')
  if (rule.interval > HIGHEST_INTERVAL[rule.frequency]) throw refuse('INTERVAL is longer than ten years')
  const isShort = rule.frequency === 'daily' || rule.frequency === 'weekly'
  if (isShort && rule.weekdays.some(({ nth }) => nth !== 0)) {
    throw refuse('Numbered weekdays need FREQ=MONTHLY or YEARLY')
  }
  const others = [...parts.keys()].filter((name) => name.startsWith('BY') && name !== 'BYSETPOS')
  if (rule.positions.length > 0 && others.length === 0) throw refuse('BYSETPOS needs another BY part')
  const times = [rule.hours, rule.minutes, rule.seconds].reduce(
    (product, list) => product * Math.max(1, list.length),
    1,
  )
  if (times > MOST_TIMES_A_DAY) throw refuse(`A rule can give ${MOST_TIMES_A_DAY} times a day at most`)
}

function printRule(rule: RecurrenceRule): string {
  const frequency = Object.entries(FREQUENCIES).find(([, each]) => each === rule.frequency)?.[0] ?? ''
  const parts = [`FREQ=${frequency}`]
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`)
  if (rule.weekStart !== 1) parts.push(`WKST=${WEEKDAYS[rule.weekStart - 1]}`)
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`)
  if (rule.until !== null) parts.push(`UNTIL=${formatBasicUtc(rule.until)}`)
  if (rule.weekdays.length > 0) {
    parts.push(
      `BYDAY=${rule.weekdays.map(({ weekday, nth }) => `${nth || ''}${WEEKDAYS[weekday - 1]}`).join(',')}`,
    )
  }
  for (const [name, { member }] of Object.entries(NUMBER_PARTS)) {
    if (rule[member].length > 0) parts.push(`${name}=${rule[member].join(',')}`)
  }
  return parts.join(';')
}

/** `20120101T050000Z`. */
function formatBasicUtc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

function refuse(problem: string): RefusedError {
  return invalidInput('recurrences', problem)
}
