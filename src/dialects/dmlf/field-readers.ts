import { toDay } from '../../core/calendar.ts'
import { pythonTypeOf } from './received-body.ts'

/** What one field says: a value, or what is wrong with it. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'problem'; readonly text: string }

export function value<T>(given: T): Reading<T> {
  return { kind: 'value', value: given }
}

export function problem<T>(text: string): Reading<T> {
  return { kind: 'problem', text }
}

export const REQUIRED = 'This field is required.'
export const NOT_NULL = 'This field may not be null.'

/** A text of at most so many characters, without blanks around it. */
export function readText(longest: number): (given: unknown) => Reading<string> {
  return (given) => {
    if (given === null) return problem(NOT_NULL)
    if (typeof given !== 'string' && typeof given !== 'number') return problem('Not a valid string.')
    const text = String(given).trim()
    if (text === '') return problem('This field may not be blank.')
    if (text.includes('\0')) return problem('Null characters are not allowed.')
    if (!text.isWellFormed()) return problem('Not a valid string.')
    if ([...text].length > longest)
      return problem(`Ensure this field has no more than ${longest} characters.`)
    return value(text)
  }
}

const WRONG_DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'

/** A calendar day; one digit is enough for month and day. */
export function readDate(given: unknown): Reading<string> {
  if (given === null) return problem(NOT_NULL)
  const [, year, month = '', day = ''] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typeof given === 'string' ? given.trim() : '') ?? []
  const found = year === undefined ? null : toDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return found === null || year === '0000' ? problem(WRONG_DATE) : value(found)
}

/** The integer key of something else; `''` means null. */
export function readKey(given: unknown): Reading<number | null> {
  if (given === null || given === '') return value(null)
  if (typeof given === 'number' && Number.isSafeInteger(given)) return value(given)
  if (typeof given === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(given)) return value(Number(given))
  if (typeof given === 'string' && /^\s*[+-]?\d+\s*$/.test(given)) return problem(missingKey(given.trim()))
  return problem(`Incorrect type. Expected pk value, received ${pythonTypeOf(given)}.`)
}

export function missingKey(id: string | number): string {
  return `Invalid pk "${id}" - object does not exist.`
}
