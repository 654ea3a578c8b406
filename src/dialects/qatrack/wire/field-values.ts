import { parseWireInstant } from './date-times.ts'
import { pythonNumberText } from './python-words.ts'

/** A value as it was meant, or everything that is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problems: readonly string[] }

/** Reads one field; `text` is the number as it was typed, where that is known. */
export type ParseField<T> = (given: unknown, text: string | undefined) => Parsed<T>

const TRUE_WORDS = new Set(['t', 'y', 'yes', 'true', 'on', '1'])
const FALSE_WORDS = new Set(['f', 'n', 'no', 'false', 'off', '0'])

export function problem(text: string): { readonly problems: readonly string[] } {
  return { problems: [text] }
}

/** `true`, `1`, `yes` and the like, in any letter case. */
export const parseBoolean: ParseField<boolean> = (given) => {
  const truth = truthOf(given)
  return truth === undefined ? problem('Must be a valid boolean.') : { value: truth }
}

export function truthOf(given: unknown): boolean | undefined {
  if (typeof given === 'boolean') return given
  if (typeof given !== 'string' && typeof given !== 'number') return undefined
  const word = String(given).toLowerCase()
  if (TRUE_WORDS.has(word)) return true
  return FALSE_WORDS.has(word) ? false : undefined
}

const LONGEST_NUMBER_TEXT = 1000
const LARGEST_INTEGER = 2_147_483_647

/** Whole numbers, also as text and with nothing but noughts behind the point. */
export const parseInteger: ParseField<number> = (given) => {
  if (typeof given !== 'string' && typeof given !== 'number') return problem('A valid integer is required.')
  const text = String(given)
  if (text.length > LONGEST_NUMBER_TEXT) return problem('String value too large.')
  const whole = /^\s*([+-]?\d+)(?:\.0*)?\s*$/.exec(text)?.[1]
  if (whole === undefined) return problem('A valid integer is required.')
  const value = Number(whole)
  if (value > LARGEST_INTEGER) {
    return problem(`Ensure this value is less than or equal to ${LARGEST_INTEGER}.`)
  }
  if (value < -LARGEST_INTEGER - 1) {
    return problem(`Ensure this value is greater than or equal to ${-LARGEST_INTEGER - 1}.`)
  }
  return { value }
}

/** Text; numbers as Python writes them, but no truth values, lists or objects. */
export function parseText(options: {
  readonly maxLength?: number
  readonly blank: 'allowed' | 'refused'
  /** blanks around the text are cut off unless they mean something */
  readonly blanks?: 'trimmed' | 'kept'
}): ParseField<string> {
  return (given, typed) => {
    if (typeof given !== 'string' && typeof given !== 'number') return problem('Not a valid string.')
    const whole = typeof given === 'number' ? pythonNumberText(given, typed) : given
    const text = options.blanks === 'kept' ? whole : whole.trim()
    if (text === '') {
      return options.blank === 'allowed' ? { value: '' } : problem('This field may not be blank.')
    }
    const problems = [...lengthProblems(text, options.maxLength), ...characterProblems(text)]
    return problems.length > 0 ? { problems } : { value: text }
  }
}

function lengthProblems(text: string, maxLength: number | undefined): string[] {
  if (maxLength === undefined || text.length <= maxLength || [...text].length <= maxLength) return []
  return [`Ensure this field has no more than ${maxLength} characters.`]
}

/** What no database can store. */
export function characterProblems(text: string): string[] {
  const problems: string[] = []
  if (text.includes('\0')) problems.push('Null characters are not allowed.')
  const lone = text.isWellFormed() ? undefined : loneSurrogate(text)
  if (lone !== undefined) problems.push(`Surrogate characters are not allowed: U+${lone}.`)
  return problems
}

function loneSurrogate(text: string): string | undefined {
  const lone = [...text].find((character) => !character.isWellFormed())
  return lone?.charCodeAt(0).toString(16).toUpperCase()
}

/** Date-times of the six documented patterns, and ISO-8601. */
export function parseDateTime(zone: string): ParseField<Date> {
  return (given) => {
    const read = parseWireInstant(typeof given === 'string' ? given : '', zone)
    return 'instant' in read ? { value: read.instant } : problem(read.problem)
  }
}
