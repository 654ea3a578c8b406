import type { Database } from '../../../platform/database/database.ts'
import type { QualityTables } from './tables.ts'

export type Due = { readonly dueAt: Date; readonly settingsHash: string }

/** When each metric is measured next. */
export async function findDueTimes(db: Database): Promise<ReadonlyMap<string, Due>> {
  const rows = await db.withTables<QualityTables>().selectFrom('quality_collection').selectAll().execute()
  return new Map(
    rows.map((row) => [row.id, { dueAt: new Date(row.due_at), settingsHash: row.settings_hash }]),
  )
}

/** Takes a metric to measure it now. @returns false where another server was faster */
export async function claimMetric(
  db: Database,
  metricId: string,
  before: Due | undefined,
  next: Due,
): Promise<boolean> {
  const tables = db.withTables<QualityTables>()
  const values = { due_at: next.dueAt, settings_hash: next.settingsHash }
  if (!before) {
    const made = await tables
      .insertInto('quality_collection')
      .values({ id: metricId, ...values })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    return made !== undefined
  }
  const { numUpdatedRows } = await tables
    .updateTable('quality_collection')
    .set(values)
    .where('id', '=', metricId)
    .where('due_at', '=', before.dueAt.toISOString())
    .where('settings_hash', '=', before.settingsHash)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
