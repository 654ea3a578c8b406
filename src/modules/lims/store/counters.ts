import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { LimsTables } from './tables.ts'

/**
 * Takes numbers from a counter. Its row stays locked until the transaction ends, so that nobody gets the same and a
 * transaction that fails leaves no gap.
 *
 * @returns the last of them
 */
export async function takeNumbers(db: Database, name: string, count: number): Promise<number> {
  const { rows } = await sql<{
    value: number
  }>`insert into lims_counter (name, value) values (${name}, ${count})
    on conflict (name) do update set value = lims_counter.value + ${count} returning value`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a counter gave nothing')
  return row.value
}

export async function setCounter(db: Database, name: string, value: number): Promise<void> {
  await sql`insert into lims_counter (name, value) values (${name}, ${value})
    on conflict (name) do update set value = ${value}`.execute(db)
}

export async function deleteCounters(db: Database): Promise<void> {
  await db.withTables<LimsTables>().deleteFrom('lims_counter').execute()
}

/** Names of objects of some type that begin so. */
export async function findPathsOfType(db: Database, type: string): Promise<readonly string[]> {
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_object')
    .select('path')
    .where('type', '=', type)
    .execute()
  return rows.map(({ path }) => path)
}
