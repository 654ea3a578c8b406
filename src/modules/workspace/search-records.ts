import type { Context } from '../../context.ts'
import { all, type Condition, compare, parseOrder } from '../../core/query.ts'
import { type Field, isStored, queryFields, type RecordType } from '../../core/record.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { findLabels } from '../records/find-labels.ts'
import { listRecords } from '../records/list-records.ts'
import { rankOf, type SearchHit, type SearchSource } from './search-everything.ts'

/** Rows looked at for each hit that is wanted, so that a name that begins with the text is not crowded out. */
const ROWS_PER_HIT = 5
/** People look for the groups that permit something, on whose pages they stand. */
const LEFT_OUT: ReadonlySet<string> = new Set(['access.permission'])
const HINT_FIELDS = 2
const LONGEST_HINT = 60

/** Where the web application administers one row of any record. */
export function administrationPath(record: RecordType, id: number): string {
  return `/app/admin/${record.name}/${id}`
}

/**
 * A source for every record that declares searched fields, large ones excepted. Retired rows and those outside the actor's scope are not
 * found.
 *
 * @param own sources of the modules themselves; each takes the place of the generic one of its kind, or adds a kind
 */
export function searchSources(
  catalogue: Catalogue,
  own: readonly SearchSource[] = [],
): readonly SearchSource[] {
  const taken = new Set(own.map(({ kind }) => kind))
  const generic = catalogue.records
    .filter((record) => !record.large && !LEFT_OUT.has(record.name) && !taken.has(record.name))
    .filter((record) => searchedFields(record).length > 0)
    .map(recordSource)
  return [...own, ...generic]
}

function recordSource(record: RecordType): SearchSource {
  return {
    kind: record.name,
    label: record.label.one,
    permission: record.permissions.view,
    search: (ctx, text, limit) => searchRecord(ctx, record, text, limit),
  }
}

async function searchRecord(
  ctx: Context,
  record: RecordType,
  text: string,
  limit: number,
): Promise<readonly SearchHit[]> {
  const where: Condition = { kind: 'search', text }
  const query = {
    where: record.retirable ? all(where, compare('retiredAt', 'isnull', true)) : where,
    order: record.order.map(parseOrder),
    limit: limit * ROWS_PER_HIT,
    offset: 0,
  }
  const { rows } = await listRecords(ctx, record, query, { total: 'none', relations: 'none' })
  const labels = await titlesOf(ctx, record, rows)
  const hits = rows.map((row): SearchHit => {
    const label = labels.get(row.id) ?? String(row.id)
    const hint = hintOf(record, row)
    return { label, ...(hint === '' ? {} : { hint }), path: administrationPath(record, row.id) }
  })
  return hits.toSorted((left, right) => rankOf(left.label, text) - rankOf(right.label, text)).slice(0, limit)
}

/** Titles that are references cost one statement more. */
async function titlesOf(
  ctx: Context,
  record: RecordType,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, string>> {
  const title = record.fields[record.titleField]
  if (title?.target !== undefined)
    return findLabels(
      ctx,
      record,
      rows.map(({ id }) => id),
    )
  return new Map(rows.map((row) => [row.id, String(row[record.titleField] ?? row.id)]))
}

function hintOf(record: RecordType, row: AnyRow): string {
  return searchedFields(record)
    .filter(([name, { kind }]) => name !== record.titleField && (kind === 'text' || kind === 'integer'))
    .map(([name]) => row[name])
    .filter((value) => value !== null && value !== '')
    .slice(0, HINT_FIELDS)
    .map((value) => String(value).slice(0, LONGEST_HINT))
    .join(' · ')
}

function searchedFields(record: RecordType): (readonly [string, Field])[] {
  return Object.entries(queryFields(record)).filter(([, field]) => field.search && isStored(field))
}
