import { type FieldKind, guessKind, isFieldKind } from './field-kind.ts'
import { isJsonObject, type JsonObject, member, numberOf, textOf, textsOf } from './json-value.ts'

/** One field of a schema, its annotations read. */
export type SchemaField = {
  /** dotted names, `[]` behind a list: `layers[].thickness` */
  readonly path: string
  readonly name: string
  readonly uid: string
  readonly kind: FieldKind
  readonly label: string
  readonly help: string
  readonly required: boolean
  readonly nullable: boolean
  /** UCUM codes that the field is written in, the fixed or preferred one first */
  readonly units: readonly string[]
  readonly uncertainty: 'none' | 'optional' | 'required'
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly choices: readonly string[]
  readonly vocabulary: string | undefined
  readonly reference: string | undefined
  readonly limits: readonly SpecificationLimit[]
  readonly empty: 'null' | 'keep' | 'reject'
  readonly calculation: string | undefined
  readonly indexed: boolean
  readonly isSecret: boolean
  readonly iri: string | undefined
  readonly when: unknown
  /** the schema of the field itself, references followed */
  readonly schema: JsonObject
  /** fields of a group, or of the groups of a list */
  readonly fields: readonly SchemaField[]
}

/** Specification limits, in the unit that is named or in the field's own. */
export type SpecificationLimit = {
  readonly name: string
  readonly lower: number | undefined
  readonly upper: number | undefined
  readonly action: 'warn' | 'reject'
  readonly unit: string | undefined
}

const DEEPEST = 5

/** The fields of a schema in its order, groups with theirs. */
export function fieldsOfSchema(schema: JsonObject): readonly SchemaField[] {
  return readFields(schema, schema, '', 1)
}

/** All fields, those of groups behind their group. */
export function flattenFields(fields: readonly SchemaField[]): readonly SchemaField[] {
  return fields.flatMap((field) => [field, ...flattenFields(field.fields)])
}

function readFields(
  root: JsonObject,
  schema: JsonObject,
  prefix: string,
  depth: number,
): readonly SchemaField[] {
  const properties = member(schema, 'properties')
  if (!isJsonObject(properties) || depth > DEEPEST) return []
  const required = new Set(textsOf(member(schema, 'required')))
  return Object.entries(properties).flatMap(([name, given]) => {
    const own = followReference(root, given)
    return own ? [readField(root, own, { name, prefix, depth, required: required.has(name) })] : []
  })
}

type Place = {
  readonly name: string
  readonly prefix: string
  readonly depth: number
  readonly required: boolean
}

function readField(
  root: JsonObject,
  schema: JsonObject,
  { name, prefix, depth, required }: Place,
): SchemaField {
  const path = prefix === '' ? name : `${prefix}.${name}`
  const types = typesOf(schema)
  const given = member(schema, 'x-ts-kind')
  const kind = isFieldKind(given)
    ? given
    : guessKind(types, textOf(member(schema, 'format')), Array.isArray(member(schema, 'enum')))
  const unit = textOf(member(schema, 'x-ts-unit'))
  const units = [...(unit === undefined ? [] : [unit]), ...textsOf(member(schema, 'x-ts-units'))]
  return {
    path,
    name,
    uid: textOf(member(schema, 'x-ts-uid')) ?? path,
    kind,
    label: textOf(member(schema, 'title')) ?? defaultLabel(name),
    help: textOf(member(schema, 'description')) ?? '',
    required,
    nullable: types.includes('null'),
    units: [...new Set(units)],
    uncertainty: wordOf(schema, 'x-ts-uncertainty', ['none', 'optional', 'required']) ?? 'none',
    minimum: numberOf(member(schema, 'minimum')) ?? numberOf(member(schema, 'exclusiveMinimum')),
    maximum: numberOf(member(schema, 'maximum')) ?? numberOf(member(schema, 'exclusiveMaximum')),
    choices: textsOf(member(schema, 'enum') ?? member(member(schema, 'items'), 'enum')),
    vocabulary: textOf(member(schema, 'x-ts-vocab')),
    reference: textOf(member(member(schema, 'x-ts-ref'), 'kind')) ?? textOf(member(schema, 'x-ts-ref')),
    limits: limitsOf(schema),
    empty:
      wordOf(schema, 'x-ts-empty', ['null', 'keep', 'reject']) ??
      (types.includes('null') ? 'null' : 'reject'),
    calculation: textOf(member(member(schema, 'x-ts-calc'), 'expr')) ?? textOf(member(schema, 'x-ts-calc')),
    indexed: member(schema, 'x-ts-index') !== false,
    isSecret: member(schema, 'x-ts-secret') === true,
    iri: textOf(member(schema, 'x-ts-iri')),
    when: member(schema, 'x-ts-when'),
    schema,
    fields: innerFields(root, schema, kind, path, depth),
  }
}

function innerFields(
  root: JsonObject,
  schema: JsonObject,
  kind: FieldKind,
  path: string,
  depth: number,
): readonly SchemaField[] {
  if (kind === 'group') return readFields(root, schema, path, depth + 1)
  if (kind !== 'list') return []
  const items = followReference(root, member(schema, 'items'))
  return items ? readFields(root, items, `${path}[]`, depth + 1) : []
}

/** `#/$defs/…` once: groups of a library, which name no others. */
export function followReference(root: JsonObject, schema: unknown): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined
  const reference = textOf(member(schema, '$ref'))
  if (reference === undefined) return schema
  const name = /^#\/\$defs\/([A-Za-z][A-Za-z0-9_]*)$/.exec(reference)?.[1]
  const found = name === undefined ? undefined : member(member(root, '$defs'), name)
  if (!isJsonObject(found)) return undefined
  const { $ref: _reference, ...own } = schema
  return { ...found, ...own }
}

/** The types that a schema allows. */
export function typesOf(schema: JsonObject): readonly string[] {
  const type = member(schema, 'type')
  return typeof type === 'string' ? [type] : textsOf(type)
}

function limitsOf(schema: JsonObject): readonly SpecificationLimit[] {
  const given = member(schema, 'x-ts-limits')
  if (!Array.isArray(given)) return []
  return given.filter(isJsonObject).map((limit) => ({
    name: textOf(member(limit, 'name')) ?? 'limits',
    lower: numberOf(member(limit, 'lower')),
    upper: numberOf(member(limit, 'upper')),
    action: wordOf(limit, 'action', ['warn', 'reject']) ?? 'warn',
    unit: textOf(member(limit, 'unit')),
  }))
}

function wordOf<const W extends string>(
  schema: JsonObject,
  name: string,
  words: readonly W[],
): W | undefined {
  const given = member(schema, name)
  return words.find((word) => word === given)
}

function defaultLabel(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
