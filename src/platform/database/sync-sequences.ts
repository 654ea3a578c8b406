import { type Kysely, sql } from 'kysely'
import { kindOf } from './open-database.ts'

/**
 * Makes the database continue after the highest key of every table, after rows were inserted with keys of their
 * own. SQLite does so by itself.
 */
export async function syncSequences<Tables>(db: Kysely<Tables>): Promise<void> {
  if (kindOf(db) === 'sqlite') return
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where is_identity = 'YES' and table_schema = current_schema()`.execute(db)
  for (const { table, column } of rows) {
    const id = sql.ref(column)
    await sql`
      select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${id}), 1), max(${id}) is not null)
      from ${sql.table(table)}`.execute(db)
  }
}
