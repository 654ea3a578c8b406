import { formatOffsetDateTime } from '../../../core/calendar.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import { readDay, readNearestInstant } from '../domain/date-texts.ts'
import type { HeldReference, HeldTolerance } from '../domain/listed-test.ts'
import type { JsonValue, TestResultValue } from '../domain/test-result.ts'
import type { TestType } from '../domain/test-type.ts'
import type { Tolerance } from '../domain/tolerance.ts'

/** JSON as calculations see it. Objects whose keys could be taken for marks of a type travel as pairs. */
export function pythonOfJson(value: JsonValue): PythonValue {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(pythonOfJson)
  const members = Object.entries(value).map(([key, member]): [string, PythonValue] => [
    key,
    pythonOfJson(member),
  ])
  return members.some(([key]) => key.startsWith('$')) ? { $dict: members } : Object.fromEntries(members)
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function pythonOfInstant(instant: Date | null, zone: string): PythonValue {
  return instant === null ? null : { $datetime: formatOffsetDateTime(instant, zone) }
}

/**
 * A value that was sent for a test as calculations see it (specification 3.5.1): as it was sent, dates as dates, none
 * where a date cannot be read.
 */
export function pythonOfSent(type: TestType, sent: JsonValue, zone: string): PythonValue {
  if (type === 'date') {
    const day = typeof sent === 'string' ? readDay(sent) : undefined
    return day === undefined ? null : { $date: day }
  }
  if (type === 'datetime') {
    const instant = typeof sent === 'string' ? readNearestInstant(sent, zone) : undefined
    return pythonOfInstant(instant ?? null, zone)
  }
  return typeof sent === 'number' && !Number.isFinite(sent) ? null : pythonOfJson(sent)
}

/** A stored result as calculations see its value. */
export function pythonOfResult(type: TestType, result: TestResultValue, zone: string): PythonValue {
  switch (type) {
    case 'date':
      return result.dateValue === null ? null : { $date: result.dateValue }
    case 'datetime':
      return pythonOfInstant(result.datetimeValue, zone)
    case 'upload':
      return pythonOfJson(result.jsonValue)
    case 'string':
    case 'multchoice':
    case 'scomposite':
      return result.stringValue
    default:
      return result.value
  }
}

/** What `REFS` holds for a test. */
export function pythonOfReference(reference: HeldReference | null): PythonValue {
  return reference?.value ?? null
}

const NO_LIMITS = { act_high: null, act_low: null, tol_high: null, tol_low: null }
const NO_CHOICES = { mc_pass_choices: null, mc_tol_choices: null }

/** What `TOLS` holds for a test: all names always, None where they do not apply. */
export function pythonOfTolerance(held: HeldTolerance | null): PythonValue {
  if (held === null) return { ...NO_LIMITS, ...NO_CHOICES, type: null }
  const { tolerance } = held
  switch (tolerance.kind) {
    case 'multchoice':
      return { ...NO_LIMITS, ...choices(tolerance), type: tolerance.kind }
    case 'boolean':
      return { ...NO_LIMITS, ...NO_CHOICES, type: tolerance.kind }
    default:
      return {
        act_high: tolerance.actHigh,
        act_low: tolerance.actLow,
        tol_high: tolerance.tolHigh,
        tol_low: tolerance.tolLow,
        ...NO_CHOICES,
        type: tolerance.kind,
      }
  }
}

function choices({ passChoices, tolChoices }: Extract<Tolerance, { kind: 'multchoice' }>) {
  return { mc_pass_choices: passChoices.join(','), mc_tol_choices: tolChoices.join(',') }
}
