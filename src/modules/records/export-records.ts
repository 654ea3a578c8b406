import { sql } from 'kysely'
import { type Context, requirePermission } from '../../context.ts'
import type { Query } from '../../core/query.ts'
import { type Field, queryFields, type RecordType } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import { ownField } from '../../platform/records/catalogue.ts'
import { compileQuery } from '../../platform/records/compile-query.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import type { SheetCell, SheetColumn, SheetRow } from '../../platform/spreadsheets/sheet.ts'
import { attachReferences } from './attach-references.ts'
import { findLabels } from './find-labels.ts'
import { findRecords, scoped } from './list-records.ts'

/** A whole list, ready for a spreadsheet. */
export type ExportedList = {
  readonly columns: readonly SheetColumn[]
  readonly count: number
  readonly rows: AsyncIterable<SheetRow>
}

const ROWS_AT_ONCE = 200
const IDS_AT_ONCE = 5000
/** More than any sheet holds; the ids of all rows stand in memory. */
const MOST_ROWS = 2_000_000

/**
 * Every row of a list within the actor's scope, references by their labels. Which rows there are is decided at once;
 * each is read when it is its turn, so that a slow reader holds no connection. Rows deleted meanwhile are left out.
 *
 * @param names fields that become columns; all of them unless given
 * @throws RefusedError `invalid-input` for unknown fields and for lists too long for any spreadsheet
 */
export async function exportRecords(
  ctx: Context,
  record: RecordType,
  query: Pick<Query, 'where' | 'order'>,
  names?: readonly string[],
): Promise<ExportedList> {
  requirePermission(ctx, record.permissions.view)
  const fields = exportedFields(record, names)
  const ids = await findIds(ctx, record, query)
  return {
    columns: fields.map(([name, field]) => columnOf(name, field)),
    count: ids.length,
    rows: rowsOf(ctx, record, fields, ids),
  }
}

type NamedField = readonly [name: string, field: Field]

function exportedFields(record: RecordType, names: readonly string[] | undefined): readonly NamedField[] {
  const fields = queryFields(record)
  const chosen = names ?? Object.keys(fields).filter((name) => name !== 'version')
  return chosen.flatMap((name): NamedField[] => {
    const field = ownField(fields, name)
    if (!field) throw invalidInput('columns', `${record.label.one} has no field ${name}`)
    return field.kind === 'inverse' ? [] : [[name, field]]
  })
}

async function findIds(
  ctx: Context,
  record: RecordType,
  { where, order }: Pick<Query, 'where' | 'order'>,
): Promise<readonly number[]> {
  const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
  const { page } = compileQuery(settings, record, {
    where: scoped(ctx, record, where),
    order,
    limit: MOST_ROWS + 1,
    offset: 0,
  })
  const { reader } = ctx.database
  const statement = sql<{ id: number }>`select id from (${page}) as listed`.compile(reader)
  const ids: number[] = []
  for await (const { rows } of reader.getExecutor().stream(statement, IDS_AT_ONCE)) {
    for (const { id } of rows) ids.push(id)
  }
  if (ids.length > MOST_ROWS)
    throw invalidInput('', `This list has more than ${MOST_ROWS} rows. Filter it before exporting.`)
  return ids
}

async function* rowsOf(
  ctx: Context,
  record: RecordType,
  fields: readonly NamedField[],
  ids: readonly number[],
): AsyncGenerator<SheetRow> {
  const reading: Context = { ...ctx, db: ctx.database.reader }
  const labels = knownLabels(reading)
  for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
    const found = await findRecords(reading, record, ids.slice(start, start + ROWS_AT_ONCE))
    const rows = await attachReferences(reading.db, record, found)
    for (const [name, { target }] of fields) {
      if (target !== undefined)
        await labels.learn(
          target,
          rows.flatMap((row) => idsIn(row[name])),
        )
    }
    for (const row of rows) yield fields.map(([name, field]) => cellOf(field, row[name] ?? null, labels))
  }
}

type KnownLabels = {
  learn(target: string, ids: readonly number[]): Promise<void>
  of(target: string, id: number): string
}

/** Labels that were read once: a list names the same units on every page. */
function knownLabels(ctx: Context): KnownLabels {
  const known = new Map<string, Map<number, string>>()
  return {
    learn: async (target, ids) => {
      const labels = known.get(target) ?? new Map<number, string>()
      known.set(target, labels)
      const missing = [...new Set(ids)].filter((id) => !labels.has(id))
      for (const [id, label] of await findLabels(ctx, ctx.catalogue.get(target), missing))
        labels.set(id, label)
    },
    of: (target, id) => known.get(target)?.get(id) ?? String(id),
  }
}

function idsIn(value: AnyRow[string]): number[] {
  return [value].flat().filter((id): id is number => typeof id === 'number')
}

function columnOf(name: string, { label, kind, unit }: Field): SheetColumn {
  const title = label ?? humanise(name)
  return { title: unit === undefined ? title : `${title} (${unit})`, kind: SHEET_KINDS[kind] }
}

function humanise(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const SHEET_KINDS: Readonly<Record<Field['kind'], SheetColumn['kind']>> = {
  text: 'text',
  'long-text': 'text',
  html: 'text',
  code: 'text',
  integer: 'number',
  number: 'number',
  decimal: 'number',
  boolean: 'boolean',
  day: 'day',
  instant: 'instant',
  duration: 'number',
  choice: 'text',
  colour: 'text',
  recurrence: 'text',
  json: 'text',
  reference: 'text',
  references: 'text',
  inverse: 'text',
}

function cellOf({ kind, target = '', choices = [] }: Field, value: unknown, labels: KnownLabels): SheetCell {
  if (value === null) return null
  switch (kind) {
    case 'reference':
    case 'references':
      return idsIn(value)
        .map((id) => labels.of(target, id))
        .join('; ')
    case 'choice':
      return choices.find((choice) => choice.value === value)?.label ?? String(value)
    case 'json':
      return JSON.stringify(value)
    default:
      if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value
      return String(value)
  }
}
