import { type Field, queryFields, type RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { presentDuration, presentInstant } from '../wire/date-times.ts'
import { resourceLink } from '../wire/links.ts'
import { float } from '../wire/render-json.ts'
import { resourceOf } from './targets.ts'
import { fieldNameOf, type Presenting, type WireResource } from './wire-resource.ts'

/** Attachments name their owner by the documented system's model names. */
const OWNERS: Readonly<Record<string, string>> = {
  testlist: 'testList',
  testlistcycle: 'testListCycle',
  testinstance: 'result',
  testlistinstance: 'session',
}

/** The record's field that a documented name shows. Sublists are called `test_lists` there, like the lists of a cycle. */
export function fieldBehind(record: string, wire: string): string {
  if (record === 'machine-qa.attachment') return OWNERS[wire] ?? fieldNameOf(wire)
  if (record === 'machine-qa.test-list' && wire === 'test_lists') return 'sublists'
  return fieldNameOf(wire)
}

/** Rows of a resource as objects of the documented shape, fields in the documented order. */
export async function presentRows(
  presenting: Presenting,
  resource: WireResource,
  rows: readonly AnyRow[],
  view: 'list' | 'detail',
): Promise<Record<string, unknown>[]> {
  const { ctx, links } = presenting
  const shownFields = shownFieldsOf(ctx.catalogue.get(resource.record), resource, view)
  const extras = await resource.extra?.(presenting, rows)
  return rows.map((row) => {
    const extra = extras?.get(row.id) ?? NOTHING
    const shown: Record<string, unknown> = { url: extra.url ?? resourceLink(links, resource.path, row.id) }
    for (const { name, behind, field, empty } of shownFields) {
      const value = name in extra || !field ? extra[name] : presentValue(presenting, field, row[behind])
      shown[name] = value ?? empty
    }
    return shown
  })
}

const NOTHING: Readonly<Record<string, unknown>> = {}

/** A field by its documented name, with what stands behind it and what is shown when there is nothing. */
type ShownField = {
  readonly name: string
  readonly behind: string
  readonly field: Field | undefined
  readonly empty: '' | null
}

/** The fields that a resource shows; found once, since every row of every answer needs them. */
function shownFieldsOf(
  record: RecordType,
  resource: WireResource,
  view: 'list' | 'detail',
): readonly ShownField[] {
  const names = (view === 'detail' ? resource.detailFields : undefined) ?? resource.fields
  const known = SHOWN.get(names)
  if (known) return known
  const fields = queryFields(record)
  const shown = names.map((name): ShownField => {
    const behind = fieldBehind(resource.record, name)
    const empty = resource.emptyTexts?.includes(name) ? '' : null
    return { name, behind, field: fields[behind], empty }
  })
  SHOWN.set(names, shown)
  return shown
}

const SHOWN = new WeakMap<readonly string[], readonly ShownField[]>()

function presentValue({ ctx, links }: Presenting, { kind, target = '' }: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (kind) {
    case 'reference':
      return resourceLink(links, resourceOf(target), Number(value))
    case 'references':
      return Array.isArray(value)
        ? value.map((id) => resourceLink(links, resourceOf(target), Number(id)))
        : []
    case 'instant':
      return value instanceof Date ? presentInstant(value, ctx.zone) : null
    case 'duration':
      return presentDuration(Number(value))
    case 'number':
      return float(Number(value))
    case 'decimal':
      return Number(value).toFixed(2)
    default:
      return value
  }
}
