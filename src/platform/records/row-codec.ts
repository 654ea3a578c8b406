import { columnOf, type Field, isFolded, isStored, queryFields, type RecordType } from '../../core/record.ts'
import { json } from '../database/database.ts'
import { fold } from '../database/fold.ts'
import { storedColumns } from './stored-columns.ts'

/** A row of any record: id, version and the declared fields, as {@link decodeRow} gives them. */
export type AnyRow = { readonly id: number; readonly version: number; readonly [field: string]: unknown }

/** Columns as both databases return them (ISO text, 0|1, JSON text) become values: `Date`, boolean, structure. */
export function decodeRow(record: RecordType, columns: Readonly<Record<string, unknown>>): AnyRow {
  const row: Record<string, unknown> = {}
  for (const { name, field, column } of storedColumns(record)) {
    row[name] = decodeValue(field, columns[column] ?? null)
  }
  return row as AnyRow
}

function decodeValue({ kind }: Field, value: unknown): unknown {
  if (value === null) return null
  switch (kind) {
    case 'instant':
      return new Date(value as string)
    case 'boolean':
      return value === 1
    case 'json':
      return JSON.parse(value as string)
    default:
      return value
  }
}

/** Values of stored fields become columns, with the folded copies of text. Fields that are absent stay absent. */
export function encodeRow(
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  const fields = queryFields(record)
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name]
    if (!field || !isStored(field)) continue
    const column = columnOf(name, field)
    columns[column] = field.kind === 'json' && value !== null ? json(value) : value
    if (isFolded(field)) columns[`${column}_folded`] = typeof value === 'string' ? fold(value) : null
  }
  return columns
}
