import type { Json, JsonDocument } from '../../../../src/dialects/native/research/research.schema.ts'

/** One field of a sample type as forms and pages need it, read from its JSON Schema. */
export interface InfoField {
  /** dotted names, `[]` behind a list: `layers[].thickness` */
  readonly path: string
  readonly name: string
  readonly kind: string
  readonly label: string
  readonly help: string
  readonly required: boolean
  /** UCUM codes that it is written in, the fixed or preferred one first */
  readonly units: readonly string[]
  readonly hasUncertainty: boolean
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly choices: readonly string[]
  readonly vocabulary: string | undefined
  /** calculated by the server, or kept */
  readonly readOnly: boolean
  readonly calculation: string | undefined
  /** when it counts, a tree over its siblings */
  readonly when: Json | undefined
  /** fields of a group, or of the groups of a list */
  readonly fields: readonly InfoField[]
}

export function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of a schema in its order; a layout with `order` comes first. */
export function fieldsOf(schema: JsonDocument, layout: JsonDocument | null = null): readonly InfoField[] {
  const fields = readFields(schema, schema, '')
  const order = textsOf(layout?.order)
  const place = (field: InfoField): number =>
    (order.indexOf(field.name) + order.length + 1) % (order.length + 1)
  return order.length === 0 ? fields : fields.toSorted((one, other) => place(one) - place(other))
}

function readFields(root: JsonDocument, schema: JsonDocument, prefix: string): readonly InfoField[] {
  const { properties } = schema
  if (!isObject(properties)) return []
  const required = new Set(textsOf(schema.required))
  return Object.entries(properties).flatMap(([name, given]) => {
    const own = followReference(root, given)
    if (own === undefined) return []
    return [readField(root, own, { name, path: prefix + name, required: required.has(name) })]
  })
}

type Place = Pick<InfoField, 'name' | 'path' | 'required'>

function readField(root: JsonDocument, schema: JsonDocument, place: Place): InfoField {
  const kind = kindOf(schema)
  const unit = typeof schema['x-ts-unit'] === 'string' ? [schema['x-ts-unit']] : []
  const calc = schema['x-ts-calc']
  const items = isObject(schema.items) ? schema.items : {}
  const expression = isObject(calc) ? textOf(calc.expr) : textOf(calc)
  return {
    ...place,
    kind,
    label: textOf(schema.title) ?? wordsOf(place.name),
    help: textOf(schema.description) ?? '',
    units: [...new Set([...unit, ...textsOf(schema['x-ts-units'])])],
    hasUncertainty: schema['x-ts-uncertainty'] === 'optional' || schema['x-ts-uncertainty'] === 'required',
    minimum: numberOf(schema.minimum) ?? numberOf(schema.exclusiveMinimum),
    maximum: numberOf(schema.maximum) ?? numberOf(schema.exclusiveMaximum),
    choices: textsOf(schema.enum ?? items.enum),
    vocabulary: textOf(schema['x-ts-vocab']),
    readOnly: schema.readOnly === true || expression !== undefined,
    calculation: expression,
    when: schema['x-ts-when'],
    fields: innerFields(root, schema, kind, place.path),
  }
}

function innerFields(
  root: JsonDocument,
  schema: JsonDocument,
  kind: string,
  path: string,
): readonly InfoField[] {
  if (kind === 'group') return readFields(root, schema, `${path}.`)
  if (kind !== 'list') return []
  const items = followReference(root, schema.items)
  return items === undefined ? [] : readFields(root, items, `${path}[].`)
}

function followReference(root: JsonDocument, schema: unknown): JsonDocument | undefined {
  if (!isObject(schema)) return undefined
  const name = /^#\/\$defs\/(\w+)$/.exec(textOf(schema.$ref) ?? '')?.[1]
  if (name === undefined) return schema
  const shared = isObject(root.$defs) ? root.$defs[name] : undefined
  return isObject(shared) ? { ...shared, ...schema } : undefined
}

const KIND_BY_TYPE: Readonly<Record<string, string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'group',
}
const KIND_BY_FORMAT: Readonly<Record<string, string>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
}

function kindOf(schema: JsonDocument): string {
  const given = textOf(schema['x-ts-kind'])
  if (given !== undefined) return given
  const types = typeof schema.type === 'string' ? [schema.type] : textsOf(schema.type)
  const byType = types.map((type) => KIND_BY_TYPE[type]).find((kind) => kind !== undefined)
  return (
    byType ?? KIND_BY_FORMAT[textOf(schema.format) ?? ''] ?? (Array.isArray(schema.enum) ? 'choice' : 'text')
  )
}

function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** Whether a field counts, by what its siblings hold (`x-ts-when`). */
export function isShown(when: Json | undefined, siblings: JsonDocument): boolean {
  if (!isObject(when)) return true
  if (Array.isArray(when.all)) return when.all.every((each) => isShown(each, siblings))
  if (Array.isArray(when.any)) return when.any.some((each) => isShown(each, siblings))
  if (isObject(when.not)) return !isShown(when.not, siblings)
  const value = siblings[textOf(when.field) ?? '']
  if (when.filled === true) return value !== undefined && value !== null && value !== ''
  if (when.eq !== undefined) return value === when.eq
  if (Array.isArray(when.in)) return value !== undefined && when.in.includes(value)
  if (typeof when.gt === 'number') return Number(value) > when.gt
  return typeof when.lt === 'number' ? Number(value) < when.lt : true
}
