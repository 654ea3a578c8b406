import type { CalendarDay } from '../../../core/calendar.ts'

/** What JSON can say; the result of an upload's analysis is kept as such. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/**
 * The value of one test in a session. Which member is filled follows from the type the test had when it was done; a
 * test may change its type later, so all of them stay.
 */
export type TestResultValue = {
  readonly value: number | null
  readonly stringValue: string
  readonly dateValue: CalendarDay | null
  readonly datetimeValue: Date | null
  readonly jsonValue: JsonValue
}

export const NO_VALUE: TestResultValue = {
  value: null,
  stringValue: '',
  dateValue: null,
  datetimeValue: null,
  jsonValue: null,
}

/** Whether nothing was recorded; `jsonValue` does not count, it only accompanies an upload. */
export function isEmptyResult(result: TestResultValue): boolean {
  return (
    result.value === null &&
    result.stringValue === '' &&
    result.dateValue === null &&
    result.datetimeValue === null
  )
}
