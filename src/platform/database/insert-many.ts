import { CompiledQuery, type Insertable, type Kysely } from 'kysely'
import { kindOf } from './open-database.ts'
import { quote } from './table-ddl.ts'

/** Parameters of one statement: far below both limits (32 766 and 65 535), since larger ones are not faster. */
const PARAMETERS = { sqlite: 400, postgres: 6000 } as const

/**
 * Inserts any number of rows, in statements of many rows each. Call it in a transaction: outside of one every
 * statement commits, and costs a disk sync, of its own.
 *
 * @param rows all with the same columns as the first
 */
export async function insertMany<Tables, Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const kind = kindOf(db)
  const columns = Object.keys(first)
  const perStatement = Math.max(1, Math.floor(PARAMETERS[kind] / columns.length))
  const whole = insertStatement(kind, table, columns, Math.min(perStatement, rows.length))
  for (let start = 0; start < rows.length; start += perStatement) {
    const some = rows.slice(start, start + perStatement)
    const rest = some.length < Math.min(perStatement, rows.length)
    const statement = rest ? insertStatement(kind, table, columns, some.length) : whole
    await db.executeQuery(
      CompiledQuery.raw(
        statement,
        some.flatMap((row) => valuesOf(row, columns)),
      ),
    )
  }
}

function insertStatement(
  kind: keyof typeof PARAMETERS,
  table: string,
  columns: readonly string[],
  rowCount: number,
): string {
  const placeholder = (position: number) => (kind === 'sqlite' ? '?' : `$${position + 1}`)
  const tuples = Array.from({ length: rowCount }, (_, row) => {
    return `(${columns.map((_column, index) => placeholder(row * columns.length + index)).join(',')})`
  })
  return `insert into ${quote(table)} (${columns.map(quote).join(',')}) values ${tuples.join(',')}`
}

function valuesOf(row: object, columns: readonly string[]): unknown[] {
  const values: Readonly<Record<string, unknown>> = { ...row }
  if (Object.keys(values).length !== columns.length)
    throw new TypeError('All rows must have the same columns.')
  return columns.map((column) => values[column])
}
