import { invalidInput } from '../../../core/refusal.ts'

/** What an identifier may be made of, besides its number: texts, and dates as their local parts. */
export type IdentifierParts = Readonly<Record<string, string | IdentifierDate | undefined>>

/** A moment in the zone of the site. */
export type IdentifierDate = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>

const FIELD = /\{(\w+)(?::([^{}]*))?\}/g

/**
 * Writes an identifier in the notation of Python's `str.format`: `{sampleType}-{seq:04d}`, `{samplingDate:%Y%m%d}`,
 * `{alpha:2a3d}` (AA001 …). A number with more digits than asked for just grows.
 *
 * @throws RefusedError `invalid-input` for a field or a form that nobody knows
 * @see specification 2.6
 */
export function formatIdentifier(format: string, parts: IdentifierParts, sequence: number): string {
  return fill(format, parts, (spec, field) =>
    field === 'alpha' ? alphaNumber(spec, sequence) : paddedNumber(spec, sequence),
  )
}

/** The identifier without its number: those with the same one are numbered together. */
export function identifierKey(type: string, format: string, parts: IdentifierParts): string {
  return `${type.toLowerCase()}-${fill(format, parts, () => '')}`
}

/** What stands before the number. */
export function identifierPrefix(format: string, parts: IdentifierParts): string {
  const first = format.search(/\{(seq|alpha)/)
  return fill(first < 0 ? format : format.slice(0, first), parts, () => '')
}

export function isNumbered(format: string): boolean {
  return /\{(seq|alpha)[:}]/.test(format)
}

function fill(
  format: string,
  parts: IdentifierParts,
  number: (spec: string, field: string) => string,
): string {
  return format.replace(FIELD, (_, field: string, spec = '') => {
    if (field === 'seq' || field === 'alpha') return number(spec, field)
    const value = Object.hasOwn(parts, field) ? parts[field] : undefined
    if (value === undefined) throw invalidInput('idFormats', `There is no ${field} for {${field}}.`)
    return typeof value === 'string' ? safeName(value) : formatDate(spec === '' ? '%Y%m%d' : spec, value)
  })
}

function paddedNumber(spec: string, sequence: number): string {
  const match = /^0?(\d*)d?$/.exec(spec)
  if (!match) throw invalidInput('idFormats', `A number cannot be written as ${spec}.`)
  return String(sequence).padStart(Number(match[1] ?? 0), '0')
}

/** Letters count up once the digits are used: AA001 … AA999, AB001 … */
function alphaNumber(spec: string, sequence: number): string {
  const match = /^(\d)a(\d)d$/.exec(spec)
  if (!match) throw invalidInput('idFormats', `A number cannot be written as ${spec}.`)
  const digits = Number(match[2])
  const perLetter = 10 ** digits - 1
  let rest = Math.floor((sequence - 1) / perLetter)
  let letters = ''
  for (let place = 0; place < Number(match[1]) || rest > 0; place++) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters
    rest = Math.floor(rest / 26)
  }
  return letters + String(((sequence - 1) % perLetter) + 1).padStart(digits, '0')
}

function formatDate(spec: string, date: IdentifierDate): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const known: Readonly<Record<string, string>> = {
    Y: String(date.year).padStart(4, '0'),
    y: two(date.year % 100),
    m: two(date.month),
    d: two(date.day),
    H: two(date.hour),
    M: two(date.minute),
    S: two(date.second),
    '%': '%',
  }
  return spec.replace(/%(.)/g, (_, letter: string) => {
    const text = Object.hasOwn(known, letter) ? known[letter] : undefined
    if (text === undefined) throw invalidInput('idFormats', `A date has no %${letter}.`)
    return text
  })
}

/** Text as it may stand in a path: letters without accents, digits, `.`, `_` and `-`. */
function safeName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
}

/** How an object may be called that brings its own identifier. */
export const OBJECT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

export function describeTakenId(id: string): string {
  return `The id "${id}" is already in use.`
}
