import { columnOf, type Field, isStored, queryFields, type RecordType } from '../../core/record.ts'

/** A field that is a column of the record's own table. */
export type StoredColumn = { readonly name: string; readonly field: Field; readonly column: string }

/** The columns of a record's own table, without folded copies, in the order in which they are read. */
export function storedColumns(record: RecordType): readonly StoredColumn[] {
  const known = STORED.get(record)
  if (known) return known
  const columns = Object.entries(queryFields(record)).flatMap(([name, field]) =>
    isStored(field) ? [{ name, field, column: columnOf(name, field) }] : [],
  )
  STORED.set(record, columns)
  return columns
}

/** Needed for every row that is read, and a declaration never changes. */
const STORED = new WeakMap<RecordType, readonly StoredColumn[]>()
