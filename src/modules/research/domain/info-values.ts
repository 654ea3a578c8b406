import { differenceToCanonical, toCanonical } from '../../../core/quantity/convert.ts'
import { canonicalQuantity, standardUncertainty } from '../../../core/quantity/quantity.ts'
import { parseUnit } from '../../../core/quantity/unit.ts'
import { elementsOf } from './chemical-formula.ts'
import { FIELD_KINDS } from './field-kind.ts'
import { valuesAt } from './info-rules.ts'
import { type JsonObject, member, numberOf, textOf } from './json-value.ts'
import { flattenFields, type SchemaField } from './schema-fields.ts'
import { readStoredQuantity } from './stored-quantity.ts'

/** One value of a document as it is searched for: a number in SI units, or a text. */
export type InfoValue = {
  readonly path: string
  /** tells several values of one field apart; those of the same row of a list share the thousands */
  readonly ordinal: number
  readonly number: number | null
  /** the upper end: of a range, or of a value with its uncertainty */
  readonly numberHigh: number | null
  readonly text: string | null
}

const LONGEST_TEXT = 200
const MOST_VALUES = 5000

/** The fields that are searched for. */
export function indexedFields(fields: readonly SchemaField[]): readonly SchemaField[] {
  return flattenFields(fields).filter(
    ({ kind, indexed, isSecret }) => indexed && !isSecret && FIELD_KINDS[kind].index !== 'none',
  )
}

/** Every searchable value of a document. */
export function valuesOfInfo(fields: readonly SchemaField[], info: JsonObject): readonly InfoValue[] {
  return indexedFields(fields)
    .flatMap((field) =>
      valuesAt(info, field.path)
        .flatMap(({ value }) => readValues(field, value))
        .map((value, ordinal) => ({ path: field.path, ordinal, ...value })),
    )
    .slice(0, MOST_VALUES)
}

type Read = Pick<InfoValue, 'number' | 'numberHigh' | 'text'>

function readValues(field: SchemaField, value: unknown): readonly Read[] {
  switch (FIELD_KINDS[field.kind].index) {
    case 'text':
      return textual(field, value)
    case 'texts':
      return Array.isArray(value) ? value.flatMap((each) => textual(field, each)) : []
    case 'boolean':
      return typeof value === 'boolean' ? [{ number: value ? 1 : 0, numberHigh: null, text: null }] : []
    case 'number':
      return numeric(field, value)
    case 'quantity':
      return ofQuantity(value)
    case 'range':
      return ofRange(field, value)
    default:
      return []
  }
}

function textual(field: SchemaField, value: unknown): readonly Read[] {
  if (typeof value !== 'string') return []
  const elements = field.kind === 'formula' ? (elementsOf(value) ?? []) : []
  return [value, ...elements].map((text) => ({
    number: null,
    numberHigh: null,
    text: text.slice(0, LONGEST_TEXT),
  }))
}

function numeric(field: SchemaField, value: unknown): readonly Read[] {
  const number = numberOf(value)
  const unit = parseUnit(field.units[0] ?? '1')
  return number === undefined || !unit
    ? []
    : [{ number: toCanonical(number, unit), numberHigh: null, text: null }]
}

function ofQuantity(value: unknown): readonly Read[] {
  const quantity = readStoredQuantity(value)
  const canonical = quantity && canonicalQuantity(quantity)
  if (!quantity || !canonical) return []
  const spread = quantity.u ? differenceToCanonical(standardUncertainty(quantity.u), canonical.unit) : null
  return [
    { number: canonical.value, numberHigh: spread === null ? null : canonical.value + spread, text: null },
  ]
}

function ofRange(field: SchemaField, value: unknown): readonly Read[] {
  const unit = parseUnit(textOf(member(value, 'unit')) ?? field.units[0] ?? '1')
  const [lower, upper] = [numberOf(member(value, 'lower')), numberOf(member(value, 'upper'))]
  if (!unit || (lower === undefined && upper === undefined)) return []
  const canonical = (end: number | undefined) => (end === undefined ? null : toCanonical(end, unit))
  return [{ number: canonical(lower) ?? canonical(upper), numberHigh: canonical(upper), text: null }]
}
