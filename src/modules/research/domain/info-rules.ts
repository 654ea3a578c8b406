import { toCanonical } from '../../../core/quantity/convert.ts'
import { canonicalQuantity } from '../../../core/quantity/quantity.ts'
import { parseUnit } from '../../../core/quantity/unit.ts'
import { isFilled } from './condition.ts'
import type { FieldType, FieldTypes } from './expression/check-expression.ts'
import type { Evaluated, FieldValues } from './expression/evaluate-expression.ts'
import { isJsonObject, type JsonObject, member, textOf } from './json-value.ts'
import { flattenFields, type SchemaField } from './schema-fields.ts'
import { readStoredQuantity } from './stored-quantity.ts'

/** A check across fields, or a value that follows from others (`x-ts-rules`). */
export type InfoRule = {
  readonly id: string
  readonly expression: string
  readonly level: 'error' | 'warning'
  readonly message: string
  /** the field that it is shown at */
  readonly field: string | undefined
}

export function rulesOfSchema(schema: JsonObject): readonly InfoRule[] {
  const given = member(schema, 'x-ts-rules')
  if (!Array.isArray(given)) return []
  return given.filter(isJsonObject).map((rule, index) => ({
    id: textOf(member(rule, 'id')) ?? `rule-${index + 1}`,
    expression: textOf(member(rule, 'expr')) ?? '',
    level: member(rule, 'level') === 'error' ? 'error' : 'warning',
    message: textOf(member(rule, 'message')) ?? 'A rule of this type does not hold.',
    field: textOf(member(rule, 'field')),
  }))
}

/** What the fields of a schema give to expressions. */
export function fieldTypesOf(fields: readonly SchemaField[]): FieldTypes {
  const byPath = new Map(flattenFields(fields).map((field) => [field.path, fieldType(field)]))
  return (path) => byPath.get(path)
}

function fieldType(field: SchemaField): FieldType | undefined {
  const many = field.path.includes('[]')
  switch (field.kind) {
    case 'number':
    case 'integer':
    case 'quantity':
    case 'duration': {
      const unit = parseUnit(field.units[0] ?? '1')
      if (!unit || (unit.scale.kind !== 'ratio' && unit.scale.kind !== 'affine')) return undefined
      return { type: { kind: 'number', dimension: unit.dimension }, many }
    }
    case 'boolean':
      return { type: { kind: 'truth' }, many }
    case 'text':
    case 'choice':
    case 'date':
    case 'reference':
      return { type: { kind: 'text' }, many }
    default:
      return undefined
  }
}

/** The values of a document as expressions read them. */
export function fieldValuesOf(fields: readonly SchemaField[], info: JsonObject): FieldValues {
  const byPath = new Map(flattenFields(fields).map((field) => [field.path, field]))
  return (path) => {
    const field = byPath.get(path)
    if (!field) return []
    return valuesAt(info, path).flatMap(({ value, place }) => evaluated(field, value, place) ?? [])
  }
}

/** Every value that a path leads to, with its JSON pointer. */
export function valuesAt(
  info: unknown,
  path: string,
): readonly { readonly value: unknown; readonly place: string }[] {
  let found: { readonly value: unknown; readonly place: string }[] = [{ value: info, place: '' }]
  for (const step of path.split('.')) {
    const name = step.replace('[]', '')
    found = found.flatMap(({ value, place }) => {
      const inner = member(value, name)
      const here = `${place}/${name}`
      if (!step.endsWith('[]')) return [{ value: inner, place: here }]
      return Array.isArray(inner)
        ? inner.map((each, index) => ({ value: each, place: `${here}/${index}` }))
        : []
    })
  }
  return found.filter(({ value }) => isFilled(value))
}

function evaluated(field: SchemaField, value: unknown, place: string): Evaluated | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    const unit = parseUnit(field.units[0] ?? '1')
    return unit && { value: toCanonical(value, unit), contributions: new Map() }
  }
  const quantity = readStoredQuantity(value)
  const canonical = quantity && canonicalQuantity(quantity)
  if (!canonical) return undefined
  const { standardUncertainty } = canonical
  return {
    value: canonical.value,
    contributions: standardUncertainty === 0 ? new Map() : new Map([[place, standardUncertainty]]),
  }
}
