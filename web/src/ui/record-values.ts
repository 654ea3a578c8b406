import { BOOKKEEPING, type FieldMeta, type RecordMeta } from '../api/record-meta.ts'
import { parseNumberText } from './number-text.ts'
import type { ReferenceOption } from './reference-source.ts'
import { formatDuration, instantOf, parseDuration, wallClock } from './site-time.ts'

/** What a field of a form holds: text as typed, so that nothing is lost while it is not yet valid. */
export type FormValue = string | boolean | ReferenceOption | null | readonly ReferenceOption[]
export type FormValues = Readonly<Record<string, FormValue>>

/** The fields a person fills in. */
export function editableFields(meta: RecordMeta): readonly FieldMeta[] {
  return meta.fields.filter((field) => field.readOnly !== true && !BOOKKEEPING.has(field.name))
}

function isReference(value: unknown): value is ReferenceOption {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/** A stored value as the form holds it. */
export function toFormValue(field: FieldMeta, stored: unknown, zone: string): FormValue {
  switch (field.kind) {
    case 'boolean':
      return stored === true
    case 'reference':
      return isReference(stored) ? { id: stored.id, label: stored.label } : null
    case 'references':
      return Array.isArray(stored) ? stored.filter(isReference) : []
    case 'instant':
      return typeof stored === 'string' ? wallClock(new Date(stored), zone) : ''
    case 'duration':
      return typeof stored === 'number' ? formatDuration(stored) : textOf(stored)
    default:
      return textOf(stored)
  }
}

/** The form as it opens: what is stored, or for a new record the declared defaults. */
export function initialValues(
  meta: RecordMeta,
  stored: Readonly<Record<string, unknown>> | undefined,
  zone: string,
): FormValues {
  return Object.fromEntries(
    editableFields(meta).map((field) => [
      field.name,
      toFormValue(field, stored === undefined ? field.default : stored[field.name], zone),
    ]),
  )
}

const TEXTUAL: ReadonlySet<string> = new Set(['text', 'long-text', 'html', 'code', 'recurrence'])

/** A value of the form as the server takes it. Only for values without a problem. */
export function toWireValue(field: FieldMeta, value: FormValue, zone: string): unknown {
  if (field.kind === 'references') return Array.isArray(value) ? value.map(({ id }) => id) : []
  if (field.kind === 'reference') return isReference(value) ? value.id : null
  if (typeof value !== 'string') return value
  if (value.trim() === '') return field.nullable === false && TEXTUAL.has(field.kind) ? '' : null
  return textToWire(field, value, zone)
}

function textToWire(field: FieldMeta, text: string, zone: string): unknown {
  switch (field.kind) {
    case 'integer':
    case 'minutes':
    case 'number':
    case 'decimal': {
      const parsed = parseNumberText(text)
      return parsed.kind === 'number' ? parsed.value : null
    }
    case 'instant':
      return instantOf(text, zone)?.toISOString() ?? null
    case 'duration':
      return parseDuration(text) ?? null
    case 'json':
      return JSON.parse(text)
    default:
      return text
  }
}

/** The fields whose value differs from what the form opened with. */
export function changedFields(meta: RecordMeta, before: FormValues, now: FormValues): readonly FieldMeta[] {
  return editableFields(meta).filter(({ name }) => !isSameValue(before[name] ?? '', now[name] ?? ''))
}

export function isSameValue(one: FormValue, other: FormValue): boolean {
  return JSON.stringify(identity(one)) === JSON.stringify(identity(other))
}

/** References are the same when their ids are, whatever they are called. */
function identity(value: FormValue): unknown {
  if (isReference(value)) return value.id
  return Array.isArray(value) ? value.map(identity) : value
}

/** What is wrong with a value, in words to stand below the field; undefined when nothing is. */
export function problemOf(field: FieldMeta, value: FormValue, zone: string): string | undefined {
  if (field.kind === 'boolean') return undefined
  const isEmpty =
    value === null ||
    (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)
  if (isEmpty) return field.required ? `${field.label} is required.` : undefined
  return typeof value === 'string' ? problemOfText(field, value, zone) : undefined
}

function problemOfText(field: FieldMeta, text: string, zone: string): string | undefined {
  switch (field.kind) {
    case 'integer':
    case 'minutes':
    case 'number':
    case 'decimal':
      return problemOfNumber(field, text)
    case 'instant':
      return instantOf(text, zone) === undefined ? 'The clocks skip this time on that day.' : undefined
    case 'duration':
      return parseDuration(text) === undefined ? 'Write it as 1:30 or 90 min.' : undefined
    case 'json':
      return isJson(text) ? undefined : 'This is not JSON.'
    default: {
      const limit = field.maxLength ?? Number.POSITIVE_INFINITY
      return text.length > limit ? `At most ${limit} characters; these are ${text.length}.` : undefined
    }
  }
}

function problemOfNumber(field: FieldMeta, text: string): string | undefined {
  const parsed = parseNumberText(text)
  if (parsed.kind !== 'number') return 'This is not a number.'
  const isWhole = field.kind === 'integer' || field.kind === 'minutes'
  if (isWhole && !Number.isInteger(parsed.value)) return 'Only whole numbers.'
  if (field.min !== undefined && parsed.value < field.min) return `At least ${field.min}${unitOf(field)}.`
  if (field.max !== undefined && parsed.value > field.max) return `At most ${field.max}${unitOf(field)}.`
  return undefined
}

function unitOf({ unit }: FieldMeta): string {
  return unit === undefined ? '' : ` ${unit}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
