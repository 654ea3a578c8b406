import type { Database } from '../../../platform/database/database.ts'
import type { JobTables } from './tables.ts'

export type StoredSchedule = { readonly expression: string; readonly nextRunAt: Date }

export async function findSchedule(db: Database, kind: string): Promise<StoredSchedule | undefined> {
  const row = await db
    .withTables<JobTables>()
    .selectFrom('jobs_schedule')
    .selectAll()
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row && { expression: row.expression, nextRunAt: new Date(row.next_run_at) }
}

export async function saveSchedule(
  db: Database,
  kind: string,
  expression: string,
  nextRunAt: Date,
): Promise<void> {
  await db
    .withTables<JobTables>()
    .insertInto('jobs_schedule')
    .values({ kind, expression, next_run_at: nextRunAt })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ expression, next_run_at: nextRunAt }))
    .execute()
}
