import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

type DefaultTable = 'qa_status' | 'qa_auto_review_rule_set' | 'qa_service_event_status'

/** Makes a row the only default of its table. */
export async function makeOnlyDefault(db: Database, table: DefaultTable, id: number): Promise<void> {
  await sql`update ${sql.table(table)} set is_default = (id = ${id}) where is_default = ${true} or id = ${id}`.execute(
    db,
  )
}

/** The living row of a table that is the default. */
export async function findDefault(db: Database, table: DefaultTable): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table(table)} where is_default = ${true} and retired_at is null limit 1`.execute(db)
  return rows[0]?.id ?? null
}
