import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

type Columns = Readonly<Record<string, unknown>>

/** Inserts one row of a record whose verbs are its own. @returns its id */
export async function insertRow(db: Database, table: string, columns: Columns): Promise<number> {
  const names = Object.keys(columns).map((name) => sql.ref(name))
  const { rows } = await sql<{ id: number }>`insert into ${sql.table(table)} (${sql.join(names)})
    values (${sql.join(Object.values(columns))}) returning id`.execute(db)
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`inserting into ${table} gave no id`)
  return id
}

/** @returns whether the row still was in the version that was read; if not, nothing is changed */
export async function updateRow(
  db: Database,
  table: string,
  { id, version }: { readonly id: number; readonly version: number },
  columns: Columns,
): Promise<boolean> {
  const sets = Object.entries({ ...columns, version: version + 1 }).map(
    ([name, value]) => sql`${sql.ref(name)} = ${value}`,
  )
  const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.join(sets)}
    where id = ${id} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}
