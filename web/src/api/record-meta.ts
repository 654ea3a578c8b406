import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

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
  | 'minutes'
  | 'choice'
  | 'colour'
  | 'color'
  | 'recurrence'
  | 'json'
  | 'file'
  | 'reference'
  | 'references'

export interface FieldMeta {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly required: boolean
  /** Whether it may be empty; a field that may not and is not required has a default. */
  readonly nullable?: boolean
  readonly unique?: boolean
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly unit?: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  /** Record a reference leads to. */
  readonly target?: string
  readonly default?: unknown
  readonly help?: string
  readonly readOnly?: boolean
  readonly searchable?: boolean
  /** Heading under which the form shows it. */
  readonly group?: string
}

/** One kind of configuration record as the server declares it. */
export interface RecordMeta {
  /** `machine-qa.unit`. */
  readonly name: string
  /** `/api/v1/machine-qa/units`. */
  readonly path: string
  readonly label: { readonly one: string; readonly many: string }
  readonly description?: string
  readonly titleField: string
  readonly order: readonly string[]
  readonly listFields: readonly string[]
  readonly fields: readonly FieldMeta[]
  readonly can: {
    readonly view: boolean
    readonly add: boolean
    readonly change: boolean
    readonly retire: boolean
  }
  readonly retirable: boolean
}

export interface Meta {
  readonly modules?: readonly { readonly name: string; readonly label: string }[]
  readonly records: readonly RecordMeta[]
}

/** What the signed-in user may administer. Changes only with a release or a change of permissions. */
export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => request<Meta>('/meta', { signal }),
  staleTime: 10 * 60_000,
})

/** Fields every record carries that nobody types. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  'id',
  'version',
  'createdAt',
  'createdBy',
  'modifiedAt',
  'modifiedBy',
  'retiredAt',
])
