import { parseDay } from '../../core/calendar.ts'
import { parseInstant } from '../../core/parse-instant.ts'
import type { Field, RecordType } from '../../core/record.ts'
import { type FieldProblem, RefusedError } from '../../core/refusal.ts'
import { ownField } from './catalogue.ts'

const MAX_JSON = 4_194_304
const MAX_REFERENCES = 10_000

/**
 * Checks what a caller gives for a record field by field.
 *
 * @param mode `new` fills defaults and misses required fields; `change` looks only at what is given
 * @returns the values as they are stored
 * @throws RefusedError `invalid-input` with every problem at once
 */
export function validateRecord(
  record: RecordType,
  input: Readonly<Record<string, unknown>>,
  mode: 'new' | 'change',
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const problems: FieldProblem[] = unknownFields(record, input)
  for (const [name, field] of Object.entries(record.fields)) {
    if (field.kind === 'inverse' || field.readOnly) continue
    const given = Object.hasOwn(input, name) ? input[name] : undefined
    if (given === undefined && mode === 'change') continue
    const checked = given === undefined ? absentValue(field) : checkValue(field, given)
    if ('problem' in checked) problems.push({ field: name, problem: checked.problem })
    else values[name] = checked.value
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return values
}

function unknownFields(record: RecordType, input: Readonly<Record<string, unknown>>): FieldProblem[] {
  return Object.keys(input).flatMap((name) => {
    const field = ownField(record.fields, name)
    if (!field || field.kind === 'inverse')
      return [{ field: name, problem: `${record.label.one} has no such field.` }]
    return field.readOnly ? [{ field: name, problem: 'This cannot be set.' }] : []
  })
}

function absentValue(field: Field): Checked {
  if (field.default !== undefined) return { value: field.default }
  return field.required ? { problem: 'This is required.' } : { value: null }
}

type Checked = { readonly value: unknown } | { readonly problem: string }

function checkValue(field: Field, given: unknown): Checked {
  if (given === null || (given === '' && field.nullable)) {
    return field.nullable ? { value: null } : { problem: 'This may not be empty.' }
  }
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'html':
    case 'code':
    case 'colour':
    case 'recurrence':
      return checkText(field, given)
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration':
      return checkNumber(field, given)
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { problem: 'This must be true or false.' }
    case 'day':
      return typeof given === 'string' && parseDay(given) !== undefined
        ? { value: given }
        : { problem: 'This must be a day such as 2026-11-21.' }
    case 'instant':
      return checkInstant(given)
    case 'choice':
      return checkChoice(field, given)
    case 'json':
      return checkJson(given)
    case 'reference':
      return isId(given) ? { value: given } : { problem: 'This must be the id of a record.' }
    case 'references':
      return checkReferences(field, given)
    case 'inverse':
      return { problem: 'This cannot be set.' }
  }
}

function checkText({ maxLength, pattern, required }: Field, given: unknown): Checked {
  if (typeof given !== 'string') return { problem: 'This must be text.' }
  if (!isStorable(given)) return { problem: 'This holds characters that cannot be stored.' }
  if (required && given.trim() === '') return { problem: 'This may not be empty.' }
  if (maxLength !== undefined && [...given].length > maxLength)
    return { problem: `This may have ${maxLength} characters at most.` }
  if (pattern && given !== '' && !pattern.test(given))
    return { problem: 'This is not written in the right form.' }
  return { value: given }
}

type Limits = { readonly min: number; readonly max: number }

const WHOLE: Limits = { min: -2_147_483_648, max: 2_147_483_647 }

/** What the columns of these kinds hold. */
const LIMITS: { readonly [Kind in Field['kind']]?: Limits } = {
  integer: WHOLE,
  duration: WHOLE,
  decimal: { min: -999_999_999_999.99, max: 999_999_999_999.99 },
}

function checkNumber({ kind, min, max, unit }: Field, given: unknown): Checked {
  if (typeof given !== 'number' || !Number.isFinite(given)) return { problem: 'This must be a number.' }
  const whole = kind === 'integer' || kind === 'duration'
  if (whole && !Number.isSafeInteger(given)) return { problem: 'This must be a whole number.' }
  const low = min ?? LIMITS[kind]?.min ?? Number.NEGATIVE_INFINITY
  const high = max ?? LIMITS[kind]?.max ?? Number.POSITIVE_INFINITY
  const suffix = unit ? ` ${unit}` : ''
  if (given < low) return { problem: `This must be ${low}${suffix} or more.` }
  if (given > high) return { problem: `This must be ${high}${suffix} or less.` }
  return { value: kind === 'decimal' ? Math.round(given * 100) / 100 : given }
}

/** Structures nested deeper than any form makes them would overflow the stack of whoever writes or reads them. */
const MAX_JSON_DEPTH = 100

function checkJson(given: unknown): Checked {
  const problem = problemInside(given)
  if (problem) return { problem }
  return JSON.stringify(given).length <= MAX_JSON ? { value: given } : { problem: 'This is too large.' }
}

function problemInside(given: unknown): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: given, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (depth > MAX_JSON_DEPTH) return 'This is nested too deeply.'
    if (typeof value === 'string' && !isStorable(value)) return 'This holds characters that cannot be stored.'
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      if (!isStorable(name)) return 'This holds characters that cannot be stored.'
      waiting.push({ value: inner, depth: depth + 1 })
    }
  }
  return undefined
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** The outermost instants that both databases order alike as text and as time. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

function checkInstant(given: unknown): Checked {
  const value = given instanceof Date ? given : typeof given === 'string' ? parseInstant(given) : undefined
  const inRange = value !== undefined && value.getTime() >= FIRST_INSTANT && value.getTime() <= LAST_INSTANT
  return inRange ? { value } : { problem: 'This must be a time such as 2026-11-21T07:42:00Z.' }
}

function checkChoice({ choices = [] }: Field, given: unknown): Checked {
  const known = choices.some(({ value }) => value === given)
  return known
    ? { value: given }
    : { problem: `This must be one of ${choices.map(({ value }) => value).join(', ')}.` }
}

function checkReferences({ through }: Field, given: unknown): Checked {
  if (!Array.isArray(given) || !given.every(isId)) return { problem: 'This must be a list of ids.' }
  if (given.length > MAX_REFERENCES) return { problem: `This may name ${MAX_REFERENCES} records at most.` }
  return { value: through?.repeats ? given : [...new Set(given)] }
}

function isId(given: unknown): given is number {
  return typeof given === 'number' && Number.isInteger(given) && given > 0 && given <= 2_147_483_647
}
