import { canonicalJson } from './canonical-json.ts'
import type { JsonObject } from './json-value.ts'
import { fieldsOfSchema, flattenFields, type SchemaField } from './schema-fields.ts'

/** What changed between two versions of a schema, by the identity of the fields. */
export type SchemaChange = {
  readonly path: string
  readonly change:
    | 'added'
    | 'removed'
    | 'renamed'
    | 'kind'
    | 'unit'
    | 'narrower'
    | 'wider'
    | 'choices'
    | 'required'
    | 'optional'
    | 'words'
  /** minor changes fit every sample that fitted before */
  readonly class: 'minor' | 'major'
  readonly detail: string
}

/** Every change with its class (specification 5.7). */
export function compareSchemas(before: JsonObject, after: JsonObject): readonly SchemaChange[] {
  const [old, now] = [before, after].map(
    (schema) => new Map(flattenFields(fieldsOfSchema(schema)).map((field) => [field.uid, field])),
  )
  if (!old || !now) return []
  const removed = [...old.values()].filter(({ uid }) => !now.has(uid))
  return [
    ...removed.map(
      (field): SchemaChange => ({
        path: field.path,
        change: 'removed',
        class: 'major',
        detail: `${field.label} is gone.`,
      }),
    ),
    ...[...now.values()].flatMap((field) => {
      const earlier = old.get(field.uid)
      return earlier ? changesOfField(earlier, field) : [addedField(field)]
    }),
  ]
}

function addedField(field: SchemaField): SchemaChange {
  return field.required
    ? { path: field.path, change: 'added', class: 'major', detail: `${field.label} is new and required.` }
    : { path: field.path, change: 'added', class: 'minor', detail: `${field.label} is new.` }
}

function changesOfField(before: SchemaField, after: SchemaField): readonly SchemaChange[] {
  const said: (SchemaChange | undefined)[] = [
    before.path === after.path
      ? undefined
      : change(after, 'renamed', 'major', `${before.path} is called ${after.path} now.`),
    before.kind === after.kind
      ? undefined
      : change(after, 'kind', 'major', `${before.kind} became ${after.kind}.`),
    before.units[0] === after.units[0]
      ? undefined
      : change(
          after,
          'unit',
          'major',
          `${before.units[0] ?? 'no unit'} became ${after.units[0] ?? 'no unit'}.`,
        ),
    requirement(before, after),
    choices(before, after),
    ...LIMITS.map((limit) => narrowing(before, after, limit)),
    before.label === after.label && before.help === after.help
      ? undefined
      : change(after, 'words', 'minor', 'Label or help changed.'),
  ]
  const found = said.filter((each) => each !== undefined)
  if (found.length > 0 || canonicalJson(before.schema) === canonicalJson(after.schema)) return found
  return [change(after, 'narrower', hasInner(after) ? 'minor' : 'major', 'Its rules changed.')]
}

function hasInner({ fields }: SchemaField): boolean {
  return fields.length > 0
}

function change(
  field: SchemaField,
  what: SchemaChange['change'],
  of: SchemaChange['class'],
  detail: string,
): SchemaChange {
  return { path: field.path, change: what, class: of, detail }
}

function requirement(before: SchemaField, after: SchemaField): SchemaChange | undefined {
  if (before.required === after.required) return undefined
  return after.required
    ? change(after, 'required', 'major', 'It is required now.')
    : change(after, 'optional', 'minor', 'It may be left out now.')
}

function choices(before: SchemaField, after: SchemaField): SchemaChange | undefined {
  const gone = before.choices.filter((each) => !after.choices.includes(each))
  const isNew = after.choices.some((each) => !before.choices.includes(each))
  if (gone.length > 0) return change(after, 'choices', 'major', `No longer offered: ${gone.join(', ')}.`)
  return isNew ? change(after, 'choices', 'minor', 'There are more choices.') : undefined
}

const LIMITS = [
  { keyword: 'maximum', narrows: (before: number, after: number) => after < before },
  { keyword: 'maxLength', narrows: (before: number, after: number) => after < before },
  { keyword: 'maxItems', narrows: (before: number, after: number) => after < before },
  { keyword: 'minimum', narrows: (before: number, after: number) => after > before },
  { keyword: 'minLength', narrows: (before: number, after: number) => after > before },
] as const

function narrowing(
  before: SchemaField,
  after: SchemaField,
  { keyword, narrows }: (typeof LIMITS)[number],
): SchemaChange | undefined {
  const [old, now] = [before.schema[keyword], after.schema[keyword]]
  if (old === now) return undefined
  if (typeof now !== 'number') return change(after, 'wider', 'minor', `${keyword} is gone.`)
  const isNarrower = typeof old !== 'number' || narrows(old, now)
  return isNarrower
    ? change(after, 'narrower', 'major', `${keyword} is ${now} now.`)
    : change(after, 'wider', 'minor', `${keyword} is ${now} now.`)
}
