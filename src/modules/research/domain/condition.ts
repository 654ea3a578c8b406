import { isJsonObject, type JsonObject, member, numberOf, textOf } from './json-value.ts'

/** When a field counts: a tree over its siblings (`x-ts-when`). */
export type FieldCondition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly FieldCondition[] }
  | { readonly kind: 'not'; readonly of: FieldCondition }
  | { readonly kind: 'filled'; readonly field: string }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'gt' | 'lt'; readonly field: string; readonly than: number }

const DEEPEST = 8

/** Reads a condition as a schema writes it. @returns undefined for what is none */
export function readCondition(given: unknown, depth = 0): FieldCondition | undefined {
  if (!isJsonObject(given) || depth > DEEPEST) return undefined
  for (const kind of ['all', 'any'] as const) {
    const of = member(given, kind)
    if (Array.isArray(of)) {
      const parts = of.map((each) => readCondition(each, depth + 1))
      return parts.every((part) => part !== undefined) ? { kind, of: parts } : undefined
    }
  }
  const negated = member(given, 'not')
  if (negated !== undefined) {
    const of = readCondition(negated, depth + 1)
    return of && { kind: 'not', of }
  }
  return readComparison(given)
}

function readComparison(given: JsonObject): FieldCondition | undefined {
  const field = textOf(member(given, 'field'))
  if (field === undefined) return undefined
  if (member(given, 'filled') === true) return { kind: 'filled', field }
  const equal = member(given, 'eq')
  if (isPlain(equal)) return { kind: 'in', field, values: [equal] }
  const values = member(given, 'in')
  if (Array.isArray(values) && values.every(isPlain)) return { kind: 'in', field, values }
  for (const kind of ['gt', 'lt'] as const) {
    const than = numberOf(member(given, kind))
    if (than !== undefined) return { kind, field, than }
  }
  return undefined
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** Whether a condition holds for the object that the field stands in. */
export function holds(condition: FieldCondition, siblings: JsonObject): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((each) => holds(each, siblings))
    case 'any':
      return condition.of.some((each) => holds(each, siblings))
    case 'not':
      return !holds(condition.of, siblings)
    case 'filled':
      return isFilled(member(siblings, condition.field))
    case 'in':
      return condition.values.some((value) => value === member(siblings, condition.field))
    case 'gt':
    case 'lt': {
      const value = member(siblings, condition.field)
      const number = numberOf(isJsonObject(value) ? member(value, 'value') : value)
      if (number === undefined) return false
      return condition.kind === 'gt' ? number > condition.than : number < condition.than
    }
  }
}

export function isFilled(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  )
}

/** The same condition in standard JSON Schema, for validators of others. */
export function compileCondition(condition: FieldCondition): JsonObject {
  switch (condition.kind) {
    case 'all':
      return { allOf: condition.of.map(compileCondition) }
    case 'any':
      return { anyOf: condition.of.map(compileCondition) }
    case 'not':
      return { not: compileCondition(condition.of) }
    case 'filled':
      return about(condition.field, { not: { enum: [null, ''] } })
    case 'in':
      return about(condition.field, { enum: condition.values })
    case 'gt':
      return about(condition.field, { type: 'number', exclusiveMinimum: condition.than })
    case 'lt':
      return about(condition.field, { type: 'number', exclusiveMaximum: condition.than })
  }
}

function about(field: string, schema: JsonObject): JsonObject {
  return { properties: { [field]: schema }, required: [field] }
}

/** The fields that a condition looks at. */
export function fieldsOfCondition(condition: FieldCondition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOfCondition)
    case 'not':
      return fieldsOfCondition(condition.of)
    default:
      return [condition.field]
  }
}
