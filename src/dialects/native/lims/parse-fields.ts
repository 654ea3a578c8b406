import { type FieldProblem, invalidInput, RefusedError } from '../../../core/refusal.ts'

export type Body = Readonly<Record<string, unknown>>

/** What a field of a body must be; each gives the value, or says what is wrong. */
type Reader = (value: unknown) => { readonly value: unknown } | { readonly problem: string }

export const ID: Reader = (value) =>
  isId(value) ? { value } : { problem: 'This must be the id of a record.' }
export const IDS: Reader = (value) =>
  Array.isArray(value) && value.length <= 5000 && value.every(isId)
    ? { value: [...new Set(value)] }
    : { problem: 'This must be a list of ids.' }
export const WORD: Reader = (value) =>
  typeof value === 'string' && value.length <= 255 && isStorable(value)
    ? { value }
    : { problem: 'This must be text of 255 characters at most.' }
export const LONG: Reader = (value) =>
  typeof value === 'string' && value.length <= 100_000 && isStorable(value)
    ? { value }
    : { problem: 'This must be text.' }
export const YES_NO: Reader = (value) =>
  typeof value === 'boolean' ? { value } : { problem: 'This must be true or false.' }
export const INSTANT: Reader = (value) => {
  const date =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value)
      ? new Date(value)
      : undefined
  return date && !Number.isNaN(date.getTime())
    ? { value: date }
    : { problem: 'This must be a time such as 2026-11-21T07:42:00Z.' }
}
/** A structure whose form its verb checks. */
export const LIST: Reader = (value) =>
  Array.isArray(value) && value.length <= 5000 && value.every(isObject)
    ? { value }
    : { problem: 'This must be a list of objects.' }

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 2_147_483_647
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/**
 * Reads the fields of a body; null stays null, what is absent stays absent.
 *
 * @param at stands before the name of a field in its problem
 * @throws RefusedError `invalid-input` with every problem at once, unknown fields included
 */
export function parseFields(
  body: unknown,
  readers: Readonly<Record<string, Reader>>,
  required: readonly string[] = [],
  at = '',
): Body {
  if (!isObject(body)) throw invalidInput(at.replace(/\.$/, ''), 'This must be an object.')
  const problems: FieldProblem[] = required
    .filter((name) => body[name] === undefined || body[name] === null)
    .map((name) => ({ field: `${at}${name}`, problem: 'This is required.' }))
  const values: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(body)) {
    const read = readOne(readers, name, given)
    if ('problem' in read) problems.push({ field: `${at}${name}`, problem: read.problem })
    else values[name] = read.value
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return values
}

function readOne(
  readers: Readonly<Record<string, Reader>>,
  name: string,
  given: unknown,
): ReturnType<Reader> {
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (!reader) return { problem: 'There is no such field.' }
  return given === null ? { value: null } : reader(given)
}
