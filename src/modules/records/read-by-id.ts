import { sql } from 'kysely'
import type { RecordType, Through } from '../../core/record.ts'
import type { Database } from '../../platform/database/database.ts'
import { type PreparedStatement, preparedStatement } from '../../platform/database/prepared-statement.ts'
import { storedColumns } from '../../platform/records/stored-columns.ts'

type Columns = Readonly<Record<string, unknown>>

/** The columns of one row, if it is there: the statement of nearly every request, so it is prepared. */
export async function readRowById(
  db: Database,
  record: RecordType,
  id: number,
): Promise<Columns | undefined> {
  const [row] = await remembered(ROWS, record, rowStatement)(db, id)
  return row
}

/** The ids that one row's to-many relation leads to, in their order. */
export async function readTargetsById(db: Database, through: Through, id: number): Promise<number[]> {
  return (await remembered(TARGETS, through, targetsStatement)(db, id)).map(({ to }) => to)
}

const ROWS = new WeakMap<RecordType, ById<Columns>>()
const TARGETS = new WeakMap<Through, ById<{ readonly to: number }>>()

type ById<Row> = PreparedStatement<Row, [id: number]>

function rowStatement(record: RecordType): ById<Columns> {
  const columns = storedColumns(record).map(({ column }) => sql.ref(column))
  return preparedStatement(
    (id) => sql`select ${sql.join(columns)} from ${sql.table(record.table)} where id = ${id}`,
  )
}

function targetsStatement({ table, from, to, order }: Through): ById<{ readonly to: number }> {
  return preparedStatement(
    (id) => sql`select ${sql.ref(to)} as "to" from ${sql.table(table)}
      where ${sql.ref(from)} = ${id} order by ${sql.ref(order ?? to)}`,
  )
}

function remembered<Key extends object, Value>(
  known: WeakMap<Key, Value>,
  key: Key,
  make: (key: Key) => Value,
): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make(key)
  known.set(key, made)
  return made
}
