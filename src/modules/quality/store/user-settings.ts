import type { Database } from '../../../platform/database/database.ts'
import type { QualityTables } from './tables.ts'

/** What a client keeps for a user, as JSON text; `{}` at first. */
export async function findUserSettings(db: Database, userId: number): Promise<string> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_user_settings')
    .select('settings')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.settings ?? '{}'
}

export async function saveUserSettings(db: Database, userId: number, settings: string): Promise<void> {
  await db
    .withTables<QualityTables>()
    .insertInto('quality_user_settings')
    .values({ user_id: userId, settings })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ settings }))
    .execute()
}
