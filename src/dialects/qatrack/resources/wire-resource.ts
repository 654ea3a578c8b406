import type { Context } from '../../../context.ts'
import type { Condition } from '../../../core/query.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Links } from '../wire/links.ts'

/** What presenters of one answer share. */
export type Presenting = { readonly ctx: Context; readonly links: Links }

/** Values that a resource shows besides its record's own fields, computed for all rows of a page at once. */
export type ExtraFields = (
  presenting: Presenting,
  rows: readonly AnyRow[],
) => Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>>

/**
 * Filters of a resource by their documented name: lookups in the documented short form (`E IC C IN mm …`, `ALL`), or
 * the resource that a relation leads to.
 */
export type WireFilter =
  | { readonly kind: 'field'; readonly field: string; readonly lookups: string }
  | { readonly kind: 'relation'; readonly field: string; readonly to: string }
  /** answered by a function of its own; undefined means not filtered */
  | { readonly kind: 'own'; readonly parse: (given: OwnFilter) => Condition | undefined }

/** What stands behind the name of a filter of its own: `['model', 'in']` in `content_type__model__in=…`. */
export type OwnFilter = {
  readonly parameter: string
  readonly value: string
  readonly words: readonly string[]
}

/** What may be written, beyond what the record's fields say. Names are those of the wire. */
export type WireWrites = {
  /** what one object is called in messages; follows from the title unless given */
  readonly noun: string
  readonly required: readonly string[]
  readonly readOnly: readonly string[]
  /** lists that name something at least */
  readonly nonEmpty: readonly string[]
  /** fields that may be empty in our records, but never null here */
  readonly nonNull: readonly string[]
  /** texts that are addresses of pages */
  readonly addresses: readonly string[]
}

/** One resource of the documented API: where it stands, what it shows in which order, what may be asked of it. */
export type WireResource = {
  /** below `/api/`, written with `qa` */
  readonly path: string
  /** as the page for browsers calls it */
  readonly title: string
  readonly description: string
  /** the declared record behind it */
  readonly record: string
  /** fields of the list in the documented order, by their documented names */
  readonly fields: readonly string[]
  /** fields of one object where they differ */
  readonly detailFields?: readonly string[]
  /** texts that the documented system shows as `""` when there is none, where others are null */
  readonly emptyTexts?: readonly string[]
  readonly extra?: ExtraFields
  readonly filters: Readonly<Record<string, WireFilter>>
  readonly pageSize: number
  /** the record's own order where absent */
  readonly order?: readonly string[]
  /** names that `ordering` accepts where they are not the list's fields; none at all for an empty list */
  readonly ordering?: readonly string[]
  /** rows outside it do not exist for this API */
  readonly within?: Condition
  /** absent where the documented system only reads */
  readonly writes?: WireWrites
}

/** Documented names that are not the snake-case form of the record's field. */
const RENAMED: Readonly<Record<string, string>> = {
  created: 'createdAt',
  modified: 'modifiedAt',
  created_date: 'createdAt',
  modified_date: 'modifiedAt',
}

/** The record's field behind a documented name: `serial_number` → `serialNumber`. */
export function fieldNameOf(wire: string): string {
  return RENAMED[wire] ?? wire.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())
}
