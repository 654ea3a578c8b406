/**
 * Records: plain configuration declared once. From one declaration come the row and table types, validation,
 * generic verbs, native endpoints, OpenAPI and the administration screens.
 *
 * References name their target as text (`'machine-qa.unit'`) and are checked when the catalogue is made, so
 * records may refer to one another in circles.
 */

import type { Actor } from './actor.ts'
import type { Condition } from './query.ts'

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'html'
  | 'code'
  | 'integer'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'day'
  | 'instant'
  | 'duration'
  | 'choice'
  | 'colour'
  | 'recurrence'
  | 'json'
  | 'reference'
  | 'references'
  | 'inverse'

/** Where rows of a to-many relation stand. */
export type Through = {
  readonly table: string
  /** column that holds this record's id */
  readonly from: string
  /** column that holds the target's id */
  readonly to: string
  /** column that orders the targets; unordered relations come in order of target id */
  readonly order?: string
  /** the same target may stand there several times */
  readonly repeats?: boolean
}

export type Choice = { readonly value: string; readonly label: string }

/** What a field may say about itself; every builder takes the part that makes sense for its kind. */
export type FieldOptions = {
  readonly label?: string
  readonly help?: string
  readonly unit?: string
  /** heading under which the form shows the field */
  readonly group?: string
  readonly required?: boolean
  readonly unique?: boolean
  readonly default?: unknown
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly pattern?: RegExp
  /** set by verbs only: shown, filtered and sorted, never taken from a form */
  readonly readOnly?: boolean
  /** looked into by the free-text search of lists and by the global search */
  readonly search?: boolean
  /** column name where it is not the snake-case form of the field's name */
  readonly column?: string
}

export type Field<
  T = unknown,
  Nullable extends boolean = boolean,
  Defaulted extends boolean = boolean,
> = FieldOptions & {
  readonly kind: FieldKind
  readonly nullable: Nullable
  readonly choices?: readonly Choice[]
  readonly target?: string
  readonly through?: Through
  /** for `inverse`: the reference field of the target that points back here */
  readonly via?: string
  /** type-only */
  readonly type?: { readonly value: T; readonly defaulted: Defaulted }
}

type NullableIn<O> = O extends { required: true }
  ? false
  : O extends { default: infer D }
    ? D extends null
      ? true
      : false
    : true
type DefaultedIn<O> = O extends { default: unknown } ? true : O extends { required: true } ? false : true

function field<T, O extends FieldOptions>(
  kind: FieldKind,
  options: O,
  extra: Pick<Field, 'choices' | 'target' | 'through' | 'via'> = {},
): Field<T, NullableIn<O>, DefaultedIn<O>> {
  const nullable = !options.required && (options.default === undefined || options.default === null)
  // whether a field is nullable follows from its options in the type as it does here in the value
  return { ...options, ...extra, kind, nullable: nullable as NullableIn<O> }
}

/** One line of text; at most 255 characters unless said otherwise. */
export function text<const O extends FieldOptions>(options: O): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('text', { ...options, maxLength: options.maxLength ?? 255 } as O)
}

/** Text of several lines; at most 1 MiB unless said otherwise. */
export function longText<const O extends FieldOptions>(
  options: O,
): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('long-text', { ...options, maxLength: options.maxLength ?? 1_048_576 } as O)
}

/** HTML that people wrote; sanitised where it is shown. */
export function html<const O extends FieldOptions>(options: O): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('html', { ...options, maxLength: options.maxLength ?? 1_048_576 } as O)
}

/** Program text, such as a calculation. */
export function code<const O extends FieldOptions>(options: O): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('code', { ...options, maxLength: options.maxLength ?? 1_048_576 } as O)
}

export function integer<const O extends FieldOptions>(
  options: O,
): Field<number, NullableIn<O>, DefaultedIn<O>> {
  return field('integer', options)
}

/** A double-precision number. */
export function number<const O extends FieldOptions>(
  options: O,
): Field<number, NullableIn<O>, DefaultedIn<O>> {
  return field('number', options)
}

/** An exact decimal with two places, such as a price. */
export function decimal<const O extends FieldOptions>(
  options: O,
): Field<number, NullableIn<O>, DefaultedIn<O>> {
  return field('decimal', options)
}

export function boolean<const O extends FieldOptions>(
  options: O,
): Field<boolean, NullableIn<O>, DefaultedIn<O>> {
  return field('boolean', options)
}

/** A calendar day, `YYYY-MM-DD`. */
export function day<const O extends FieldOptions>(options: O): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('day', options)
}

export function instant<const O extends FieldOptions>(
  options: O,
): Field<Date, NullableIn<O>, DefaultedIn<O>> {
  return field('instant', options)
}

/** A length of time in seconds. */
export function duration<const O extends FieldOptions>(
  options: O,
): Field<number, NullableIn<O>, DefaultedIn<O>> {
  return field('duration', options)
}

/** A CSS colour as `rgba(r,g,b,a)`. */
export function colour<const O extends FieldOptions>(
  options: O,
): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('colour', { ...options, maxLength: 40 } as O)
}

/** RFC 5545 lines: `DTSTART…\nRRULE…`. */
export function recurrence<const O extends FieldOptions>(
  options: O,
): Field<string, NullableIn<O>, DefaultedIn<O>> {
  return field('recurrence', { ...options, maxLength: 4000 } as O)
}

/** One of a closed set of words. */
export function choice<const V extends string, const O extends FieldOptions>(
  choices: Readonly<Record<V, string>>,
  options: O,
): Field<V, NullableIn<O>, DefaultedIn<O>> {
  const listed = Object.entries<string>(choices).map(([value, label]) => ({ value, label }))
  return field('choice', options, { choices: listed })
}

/** A structure that only its module understands. */
export function json<T, const O extends FieldOptions = FieldOptions>(
  options: O,
): Field<T, NullableIn<O>, DefaultedIn<O>> {
  return field('json', options)
}

/** The id of one row of another record. */
export function reference<const O extends FieldOptions>(
  target: string,
  options: O,
): Field<number, NullableIn<O>, DefaultedIn<O>> {
  return field('reference', options, { target })
}

/** The ids of rows of another record, kept in a table of their own. */
export function references<const O extends FieldOptions>(
  target: string,
  through: Through,
  options: O,
): Field<readonly number[], false, true> {
  return field<readonly number[], FieldOptions & { default: [] }>(
    'references',
    { ...options, default: [] },
    { target, through },
  )
}

/** Rows of another record that refer to this one; only for queries. */
export function inverse(target: string, via: string, label: string): Field<never, false, true> {
  return field<never, FieldOptions & { default: [] }>(
    'inverse',
    { label, default: [], readOnly: true },
    { target, via },
  )
}

export type Fields = Readonly<Record<string, Field>>

export type RecordPermissions = {
  readonly view: string
  readonly add: string
  readonly change: string
  readonly retire: string
}

/** How rows of a record come to be: by the generic verbs, or only by verbs of its module. */
export type RecordWriter = 'generic' | 'verbs'

export type RecordType<F extends Fields = Fields> = {
  /** `module.noun`, e.g. `machine-qa.unit` */
  readonly name: string
  readonly module: string
  readonly table: string
  readonly label: { readonly one: string; readonly many: string }
  readonly description?: string
  /** last part of the address, e.g. `units` */
  readonly path: string
  readonly fields: F
  readonly titleField: string
  readonly order: readonly string[]
  readonly listFields: readonly string[]
  readonly permissions: RecordPermissions
  readonly writer: RecordWriter
  /** groups of fields that are unique together */
  readonly unique: readonly (readonly string[])[]
  /** carries createdAt, createdBy, modifiedAt, modifiedBy */
  readonly stamped: boolean
  /** carries retiredAt */
  readonly retirable: boolean
  /** has so many rows that how a list is filtered decides how it is best read */
  readonly large: boolean
  /** which rows an actor may know of; everybody's where absent */
  readonly scope?: (actor: Actor) => Condition
}

const STAMPS = {
  createdAt: instant({ required: true, readOnly: true, label: 'Created' }),
  createdBy: reference('access.user', { readOnly: true, label: 'Created by' }),
  modifiedAt: instant({ required: true, readOnly: true, label: 'Modified' }),
  modifiedBy: reference('access.user', { readOnly: true, label: 'Modified by' }),
}

/** Every field a query may name: the declared ones and those the record carries besides. */
export function queryFields(record: RecordType): Fields {
  const known = QUERY_FIELDS.get(record)
  if (known) return known
  const fields: Fields = {
    id: ID_FIELD,
    ...record.fields,
    ...(record.stamped ? STAMPS : {}),
    ...(record.retirable ? { retiredAt: RETIRED_FIELD } : {}),
    version: VERSION_FIELD,
  }
  QUERY_FIELDS.set(record, fields)
  return fields
}

/** Asked for several times in every request, and a declaration never changes. */
const QUERY_FIELDS = new WeakMap<RecordType, Fields>()

const ID_FIELD: Field = integer({ required: true, readOnly: true, label: 'Id' })
const VERSION_FIELD: Field = integer({ required: true, readOnly: true, label: 'Version' })
const RETIRED_FIELD: Field = instant({ readOnly: true, label: 'Retired' })

type OrderOf<F> = (keyof F & string) | `-${keyof F & string}` | 'id' | '-id' | '-createdAt' | 'createdAt'

/** Declares a record; permissions and addresses follow from its name unless given. */
export function defineRecord<const F extends Fields>(declaration: {
  readonly name: `${string}.${string}`
  readonly table: string
  readonly label: { readonly one: string; readonly many: string }
  readonly description?: string
  readonly path: string
  readonly fields: F
  readonly titleField: NoInfer<keyof F & string>
  readonly order?: readonly NoInfer<OrderOf<F>>[]
  readonly listFields?: readonly NoInfer<keyof F & string>[]
  readonly permissions?: Partial<RecordPermissions>
  readonly writer?: RecordWriter
  readonly unique?: readonly (readonly NoInfer<keyof F & string>[])[]
  readonly stamped?: boolean
  readonly retirable?: boolean
  readonly large?: boolean
  readonly scope?: (actor: Actor) => Condition
}): RecordType<F> {
  const { name, titleField } = declaration
  const module = name.slice(0, name.indexOf('.'))
  const permissions = {
    view: `${module}.access`,
    add: `${name}.add`,
    change: `${name}.change`,
    retire: `${name}.retire`,
    ...declaration.permissions,
  }
  return {
    ...declaration,
    module,
    permissions,
    order: declaration.order ?? [titleField],
    listFields: declaration.listFields ?? Object.keys(declaration.fields).slice(0, 6),
    writer: declaration.writer ?? 'generic',
    unique: declaration.unique ?? [],
    stamped: declaration.stamped ?? true,
    retirable: declaration.retirable ?? true,
    large: declaration.large ?? false,
  }
}

/** Column of a field: snake case, and `_id` behind a reference. */
export function columnOf(name: string, { kind, column }: Field): string {
  if (column) return column
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return kind === 'reference' ? `${snake}_id` : snake
}

/** Whether a field is a column of the record's own table. */
export function isStored({ kind }: Field): boolean {
  return kind !== 'references' && kind !== 'inverse'
}

/** Whether the table keeps a folded copy of the column for comparison without case. */
export function isFolded({ kind }: Field): boolean {
  return kind === 'text' || kind === 'long-text' || kind === 'html'
}

// Types that follow from a declaration

type ValueOf<X> = X extends Field<infer T, infer N, boolean> ? (N extends true ? T | null : T) : never
type FieldsOf<R> = R extends RecordType<infer F> ? F : never

/** A row as verbs see it: instants are `Date`, booleans booleans, references ids. */
export type Row<R extends RecordType> = { readonly id: number; readonly version: number } & {
  readonly [K in keyof FieldsOf<R>]: ValueOf<FieldsOf<R>[K]>
}
