import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** A category and everything above it. */
export async function findAncestors(db: Database, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive above(id, parent_id) as (
      select id, parent_id from qa_category where id = ${id}
      union select parent.id, parent.parent_id from qa_category as parent join above on parent.id = above.parent_id
    ) select id from above`.execute(db)
  return rows.map((row) => row.id)
}
