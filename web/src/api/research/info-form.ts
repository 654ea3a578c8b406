import type { Json, JsonDocument } from '../../../../src/dialects/native/research/research.schema.ts'
import { parseNumberText } from '../../ui/number-text.ts'
import { type InfoField, isObject, isShown } from './schema-fields.ts'

/**
 * The info as a form holds it: numbers are texts as typed; a quantity is `{value, u, unit}` of texts, a range
 * `{lower, upper, unit}`; everything else as it is stored. Keys that the schema does not name stay.
 */
export type InfoForm = JsonDocument

const QUANTITIES: ReadonlySet<string> = new Set(['quantity', 'duration'])

export function toForm(fields: readonly InfoField[], info: JsonDocument): InfoForm {
  const known = fields.flatMap((field) => {
    const value = info[field.name]
    return value === undefined || value === null ? [] : [[field.name, formValue(field, value)] as const]
  })
  return { ...info, ...Object.fromEntries(known) }
}

function formValue(field: InfoField, value: Json): Json {
  if (field.kind === 'number' || field.kind === 'integer') return String(value)
  if (field.kind === 'list' && Array.isArray(value))
    return value.map((each: Json) => (isObject(each) ? toForm(field.fields, each) : each))
  return isObject(value) ? formObject(field, value) : value
}

function formObject(field: InfoField, value: JsonDocument): Json {
  if (field.kind === 'group') return toForm(field.fields, value)
  const unit = value.unit ?? field.units[0] ?? ''
  if (field.kind === 'range') return { lower: textOf(value.lower), upper: textOf(value.upper), unit }
  if (!QUANTITIES.has(field.kind)) return value
  const about = isObject(value.u) ? textOf(value.u.value) : ''
  return { value: textOf(value.text ?? value.value), u: about, unit }
}

/** What is sent: empty fields are left out, fields that do not count are dropped, unreadable numbers stay texts. */
export function toInfo(fields: readonly InfoField[], form: InfoForm): JsonDocument {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const siblings = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, plain(byName.get(name), value ?? null) ?? null]),
  )
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const field = byName.get(name)
      if (field === undefined) return [[name, value]]
      if (field.readOnly || !isShown(field.when, siblings)) return []
      const sent = plain(field, value)
      return sent === undefined ? [] : [[name, sent]]
    }),
  ) as JsonDocument
}

function plain(field: InfoField | undefined, value: Json): Json | undefined {
  if (field === undefined) return value
  if (value === '' || value === null) return undefined
  if (field.kind === 'number' || field.kind === 'integer') return numberOf(value)
  if (Array.isArray(value)) return plainList(field, value)
  return isObject(value) ? plainObject(field, value) : value
}

function plainObject(field: InfoField, value: JsonDocument): Json | undefined {
  if (QUANTITIES.has(field.kind)) return quantityOf(value)
  if (field.kind === 'range') return rangeOf(value)
  return field.kind === 'group' ? filled(toInfo(field.fields, value)) : value
}

function plainList(field: InfoField, rows: readonly Json[]): Json | undefined {
  if (rows.length === 0) return undefined
  return field.kind === 'list' ? rows.map((row) => (isObject(row) ? toInfo(field.fields, row) : row)) : rows
}

function filled(info: JsonDocument): JsonDocument | undefined {
  return Object.keys(info).length === 0 ? undefined : info
}

/** The number behind a text; a text that is none is sent as it is, so that the answer names the field. */
function numberOf(value: Json): Json {
  const parsed = parseNumberText(String(value))
  return parsed.kind === 'number' ? parsed.value : value
}

function quantityOf(value: JsonDocument): Json | undefined {
  const text = textOf(value.value).trim()
  if (text === '') return undefined
  const number = numberOf(text)
  const about = textOf(value.u).trim()
  const given = { value: number, unit: value.unit ?? '', ...(typeof number === 'number' ? { text } : {}) }
  return about === '' ? given : { ...given, u: { value: numberOf(about), type: 'standard' } }
}

function rangeOf(value: JsonDocument): Json | undefined {
  const [lower, upper] = [textOf(value.lower), textOf(value.upper)]
  if (lower === '' && upper === '') return undefined
  return {
    ...(lower === '' ? {} : { lower: numberOf(lower) }),
    ...(upper === '' ? {} : { upper: numberOf(upper) }),
    unit: value.unit ?? '',
  }
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value)
}
