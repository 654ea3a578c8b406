import { formatDayWithMonthName, zoneDay } from './calendar.ts'
import type { Recurrence } from './recurrence.ts'
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.ts'

const UNITS = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' } as const
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A recurrence in English: `every 28 days`, `every week on Tuesday and Thursday`, `every month on day 1`. */
export function describeRecurrence(recurrence: Recurrence, zone: string): string {
  const rules = recurrence.rules.map((rule) => describeRule(rule, zone))
  const dates = recurrence.dates.map((date) => `on ${formatDayWithMonthName(zoneDay(date, zone))}`)
  const included = [...rules, ...dates].join('; ') || 'never'
  const exclusions = [
    ...recurrence.exclusionRules.map((rule) => describeRule(rule, zone)),
    ...recurrence.exclusionDates.map((date) => formatDayWithMonthName(zoneDay(date, zone))),
  ]
  return exclusions.length === 0 ? included : `${included}; except ${listed(exclusions)}`
}

function describeRule(rule: RecurrenceRule, zone: string): string {
  const unit = UNITS[rule.frequency]
  const phrases = [rule.interval === 1 ? `every ${unit}` : `every ${rule.interval} ${unit}s`]
  if (rule.months.length > 0)
    phrases.push(`in ${listed(rule.months.map((month) => MONTHS[month - 1] ?? ''))}`)
  if (rule.weekNumbers.length > 0) phrases.push(`in ${numbered('week', rule.weekNumbers)}`)
  const days = describeDays(rule)
  if (days.length > 0) phrases.push(`on ${days.join(' and ')}`)
  if (rule.positions.length > 0) phrases.push(`(the ${listed(rule.positions.map(ordinal))} of them)`)
  if (rule.hours.length > 0) phrases.push(`at ${listed(timesOf(rule))}`)
  if (rule.count !== null) phrases.push(rule.count === 1 ? 'once' : `${rule.count} times`)
  if (rule.until !== null) phrases.push(`until ${formatDayWithMonthName(zoneDay(rule.until, zone))}`)
  return phrases.join(' ')
}

function describeDays({ weekdays, monthDays, yearDays }: RecurrenceRule): readonly string[] {
  const phrases: string[] = []
  if (yearDays.length > 0) phrases.push(`${numbered('day', yearDays)} of the year`)
  if (monthDays.length > 0) phrases.push(numbered('day', monthDays))
  if (weekdays.length > 0) phrases.push(listed(weekdays.map(weekdayName)))
  return phrases
}

function weekdayName({ weekday, nth }: RuleWeekday): string {
  const name = WEEKDAYS[weekday - 1] ?? ''
  return nth === 0 ? name : `the ${ordinal(nth)} ${name}`
}

/** `day 1 and 15`, `the last day`. */
function numbered(noun: string, numbers: readonly number[]): string {
  if (numbers.every((number) => number > 0)) return `${noun} ${listed(numbers.map(String))}`
  return `the ${listed(numbers.map(ordinal))} ${noun}`
}

function timesOf({ hours, minutes }: RecurrenceRule): readonly string[] {
  const wholeHour = minutes.length > 0 ? minutes : [0]
  return hours.flatMap((hour) => wholeHour.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}`))
}

function ordinal(number: number): string {
  const size = Math.abs(number)
  const isTeen = size % 100 >= 11 && size % 100 <= 13
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][size % 10] ?? 'th')
  if (number > 0) return `${number}${ending}`
  return size === 1 ? 'last' : `${size}${ending} last`
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
