import type { CalendarDay } from '../../../core/calendar.ts'
import { shortestText } from './float-text.ts'
import { isNegative } from './printf-format.ts'
import { type JsonValue, NO_VALUE, type TestResultValue } from './test-result.ts'
import { isTextTest, type TestType } from './test-type.ts'

/** What was sent for one test of a session; a member is absent where nothing was sent. */
export type SubmittedEntry = {
  readonly value?: JsonValue
  readonly skipped?: boolean
  readonly comment?: string
}

/** How dates are read where the submission came from. Undefined for what is no date: it counts as empty. */
export type DateReaders = {
  readonly readDay: (text: string) => CalendarDay | undefined
  readonly readInstant: (text: string) => Date | undefined
}

/**
 * The value that was sent for a test that people enter, as it is stored.
 *
 * Numbers: a JSON number, `true` and `false` as 1 and 0; text that looks like a number is none. Yes/no: also null.
 * Text: anything, numbers as written, structures as JSON. Dates: what cannot be read counts as empty.
 *
 * @returns undefined if the value is of the wrong type
 */
export function enteredValue(
  type: TestType,
  value: JsonValue,
  dates: DateReaders,
): TestResultValue | undefined {
  if (isTextTest(type)) return { ...NO_VALUE, stringValue: textOf(value) }
  switch (type) {
    case 'boolean':
      return value === null ? NO_VALUE : yesOrNoValue(value)
    case 'date':
      return { ...NO_VALUE, dateValue: typeof value === 'string' ? (dates.readDay(value) ?? null) : null }
    case 'datetime':
      return {
        ...NO_VALUE,
        datetimeValue: typeof value === 'string' ? (dates.readInstant(value) ?? null) : null,
      }
    default:
      return numberValue(value)
  }
}

/** A number, also from `true` and `false`; undefined for everything else. */
export function numberValue(value: JsonValue): TestResultValue | undefined {
  if (typeof value === 'boolean') return { ...NO_VALUE, value: value ? 1 : 0 }
  return typeof value === 'number' && Number.isFinite(value) ? { ...NO_VALUE, value } : undefined
}

/** Text as stored: structures as JSON, numbers and truth values as Python writes them, null as nothing. */
export function textOf(value: JsonValue): string {
  if (value === null) return ''
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      return Number.isSafeInteger(value)
        ? String(value)
        : (isNegative(value) ? '-' : '') + shortestText(value)
    default:
      return JSON.stringify(value)
  }
}

function yesOrNoValue(value: JsonValue): TestResultValue | undefined {
  const number = numberValue(value)
  return number?.value === 0 || number?.value === 1 ? number : undefined
}

/** Whether two values are equal as Python compares them: `true` equals 1, structures member by member. */
export function equalValues(a: JsonValue, b: JsonValue): boolean {
  if (!isStructure(a) || !isStructure(b)) return scalar(a) === scalar(b)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [members, others] = [Object.entries(a), new Map<string, JsonValue>(Object.entries(b))]
  if (members.length !== others.size) return false
  return members.every(([key, member]: [string, JsonValue]) => {
    const other = others.get(key)
    return other !== undefined && equalValues(member, other)
  })
}

function isStructure(value: JsonValue): value is Exclude<JsonValue, null | boolean | number | string> {
  return value !== null && typeof value === 'object'
}

function scalar(value: JsonValue): JsonValue {
  return typeof value === 'boolean' ? Number(value) : value
}
