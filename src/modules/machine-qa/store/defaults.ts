import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Makes a row the only default of its table. */
export async function makeOnlyDefault(
  db: Database,
  table: 'qa_status' | 'qa_auto_review_rule_set',
  id: number,
): Promise<void> {
  await sql`update ${sql.table(table)} set is_default = (id = ${id}) where is_default = ${true} or id = ${id}`.execute(
    db,
  )
}

/** Whether any row of a table is the default. */
export async function hasDefault(
  db: Database,
  table: 'qa_status' | 'qa_auto_review_rule_set',
): Promise<boolean> {
  const { rows } =
    await sql`select 1 as one from ${sql.table(table)} where is_default = ${true} limit 1`.execute(db)
  return rows.length > 0
}
