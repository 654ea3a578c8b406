import type { Database } from '../../../platform/database/database.ts'
import type { AccessTables } from './tables.ts'

export async function findPasswordHash(db: Database, userId: number): Promise<string | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_password')
    .select('hash')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.hash
}

export async function savePasswordHash(
  db: Database,
  userId: number,
  hash: string,
  changedAt: Date,
): Promise<void> {
  await db
    .withTables<AccessTables>()
    .insertInto('access_password')
    .values({ user_id: userId, hash, changed_at: changedAt })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ hash, changed_at: changedAt }))
    .execute()
}

/** The same password under a better hash, unless it was changed meanwhile. */
export async function replacePasswordHash(
  db: Database,
  userId: number,
  from: string,
  to: string,
): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_password')
    .set({ hash: to })
    .where('user_id', '=', userId)
    .where('hash', '=', from)
    .execute()
}
