import { fieldNameOf, type WireFilter, type WireResource, type WireWrites } from './wire-resource.ts'

/** Lookups of text fields in the documented short form. */
export const TEXT = 'E IC C IN'
/** Lookups of number fields. */
export const NUMBER = 'E IN gte lte'

type Relation = { readonly to: string; readonly field?: string }
type FilterSpec = string | Relation | Extract<WireFilter, { kind: 'own' }>

/** A relation to another resource; the record's field follows from the filter's name unless given. */
export function to(resource: string, field?: string): Relation {
  return field === undefined ? { to: resource } : { to: resource, field }
}

/** Filters that most objects have: who made and who changed them. */
export const BY_USERS = { created_by: to('auth/users'), modified_by: to('auth/users') }
/** When they were made and changed. */
export const STAMPS = { created: 'E mm', modified: 'E mm' }

type Declared = Pick<WireResource, 'path' | 'title' | 'record'> &
  Partial<Pick<WireResource, 'description' | 'extra' | 'pageSize' | 'order' | 'ordering' | 'within'>> & {
    readonly fields: string
    readonly detailFields?: string
    readonly emptyTexts?: string
    readonly filters: Readonly<Record<string, FilterSpec>>
    /** each a list of words, apart from the noun */
    readonly writes?: { readonly [Key in keyof WireWrites]?: string }
  }

/** Declares a resource; field lists are words in the documented order. */
export function declareResource({
  fields,
  detailFields,
  emptyTexts,
  filters,
  writes,
  ...rest
}: Declared): WireResource {
  return {
    description: '',
    pageSize: 100,
    ...rest,
    fields: fields.split(' '),
    ...(detailFields === undefined ? {} : { detailFields: detailFields.split(' ') }),
    ...(emptyTexts === undefined ? {} : { emptyTexts: emptyTexts.split(' ') }),
    ...(writes === undefined ? {} : { writes: writesOf(rest.title, writes) }),
    filters: Object.fromEntries(Object.entries(filters).map(([name, spec]) => [name, filterOf(name, spec)])),
  }
}

function writesOf(title: string, writes: NonNullable<Declared['writes']>): WireWrites {
  const words = (text: string | undefined) => text?.split(' ') ?? []
  return {
    noun: writes.noun ?? title.toLowerCase(),
    required: words(writes.required),
    readOnly: words(writes.readOnly),
    nonEmpty: words(writes.nonEmpty),
    nonNull: words(writes.nonNull),
    addresses: words(writes.addresses),
  }
}

function filterOf(name: string, spec: FilterSpec): WireFilter {
  if (typeof spec === 'string') return { kind: 'field', field: fieldNameOf(name), lookups: spec }
  if ('kind' in spec) return spec
  return { kind: 'relation', field: spec.field ?? fieldNameOf(name), to: spec.to }
}
