import { invalidInput } from '../../core/refusal.ts'

/** A value as it is sent to either database. */
export type BoundValue = string | number | bigint | null | Uint8Array

const SMALLEST_INTEGER = -(2n ** 63n)
const LARGEST_INTEGER = 2n ** 63n - 1n

/**
 * Checks one parameter of a statement and brings it into the form both databases take: booleans as 0 or 1,
 * instants as ISO text.
 *
 * @throws RefusedError `invalid-input` for text that PostgreSQL cannot store: NUL characters, lone surrogates
 * @throws TypeError for anything a caller should have converted: objects, undefined, NaN, infinities
 */
export function bindValue(value: unknown): BoundValue {
  switch (typeof value) {
    case 'string':
      return bindText(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be stored.`)
      return value
    case 'bigint':
      if (value < SMALLEST_INTEGER || value > LARGEST_INTEGER) {
        throw new TypeError('Integers over 64 bits cannot be stored.')
      }
      return value
    case 'boolean':
      return value ? 1 : 0
    default:
      return bindObject(value)
  }
}

/** Checks all parameters of a statement, see {@link bindValue}. */
export function bindValues(values: readonly unknown[]): BoundValue[] {
  return values.map(bindValue)
}

function bindText(text: string): string {
  if (text.includes('\0')) throw invalidInput('', 'Null characters are not allowed.')
  if (!text.isWellFormed()) throw invalidInput('', 'This text is not well-formed Unicode.')
  return text
}

function bindObject(value: unknown): BoundValue {
  if (value === null || value instanceof Uint8Array) return value
  if (value instanceof Date) return instantText(value)
  const what = value === undefined ? 'undefined' : Object.prototype.toString.call(value)
  throw new TypeError(`A value of type ${what} cannot be bound; convert it first.`)
}

function instantText(instant: Date): string {
  const text = instant.toISOString()
  // Years outside 0001 to 9999 sort differently as text and have another form on PostgreSQL.
  if (text.length !== 24 || text.startsWith('0000'))
    throw new TypeError(`The instant ${text} cannot be stored.`)
  return text
}
