/**
 * Queries are data: every dialect parses its own syntax into these, and `platform/records` turns them into one
 * statement. Paths name fields of a record; a condition on another record stands inside `related`.
 */

export const LOOKUPS = [
  'exact',
  'iexact',
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'in',
  'gt',
  'gte',
  'lt',
  'lte',
  'range',
  'isnull',
  'regex',
  'iregex',
  'year',
  'month',
  'day',
  'weekday',
] as const

export type Lookup = (typeof LOOKUPS)[number]

export type Scalar = string | number | boolean | Date | null

export type Condition =
  | {
      readonly kind: 'compare'
      readonly field: string
      readonly lookup: Lookup
      readonly value: Scalar | readonly Scalar[]
    }
  /** true where the inner condition is false or unknown */
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  /** one row reached through a reference (to one or to many) fulfils all of `where` */
  | { readonly kind: 'related'; readonly field: string; readonly where: Condition }
  /** free text in any field that the record declares as searched */
  | { readonly kind: 'search'; readonly text: string }

export type Order = { readonly path: readonly string[]; readonly direction: 'asc' | 'desc' }

export type Query = {
  readonly where: Condition
  readonly order: readonly Order[]
  readonly limit: number
  readonly offset: number
}

/** The condition that every row fulfils. */
export const EVERYTHING: Condition = { kind: 'all', of: [] }

export function compare(field: string, lookup: Lookup, value: Scalar | readonly Scalar[]): Condition {
  return { kind: 'compare', field, lookup, value }
}

export function equals(field: string, value: Scalar): Condition {
  return compare(field, 'exact', value)
}

export function all(...of: readonly Condition[]): Condition {
  return { kind: 'all', of }
}

export function related(field: string, where: Condition): Condition {
  return { kind: 'related', field, where }
}

/** Reads `-workCompleted` or `unit.name` as an order. */
export function parseOrder(text: string): Order {
  const descending = text.startsWith('-')
  return { path: (descending ? text.slice(1) : text).split('.'), direction: descending ? 'desc' : 'asc' }
}
