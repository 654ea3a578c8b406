import { type Database, json } from '../../../platform/database/database.ts'
import type { WorkspaceTables } from './tables.ts'

/** @returns undefined where nothing was chosen */
export async function findPreference(db: Database, userId: number, key: string): Promise<unknown> {
  const row = await db
    .withTables<WorkspaceTables>()
    .selectFrom('workspace_preference')
    .select('value')
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row && JSON.parse(row.value)
}

export async function countPreferences(db: Database, userId: number, exceptKey: string): Promise<number> {
  const { count } = await db
    .withTables<WorkspaceTables>()
    .selectFrom('workspace_preference')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('key', '!=', exceptKey)
    .executeTakeFirstOrThrow()
  return count
}

export async function savePreference(
  db: Database,
  userId: number,
  key: string,
  value: unknown,
  at: Date,
): Promise<void> {
  const text = json(value)
  await db
    .withTables<WorkspaceTables>()
    .insertInto('workspace_preference')
    .values({ user_id: userId, key, value: text, changed_at: at })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'key']).doUpdateSet({ value: text, changed_at: at }),
    )
    .execute()
}

export async function deletePreference(db: Database, userId: number, key: string): Promise<void> {
  await db
    .withTables<WorkspaceTables>()
    .deleteFrom('workspace_preference')
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .execute()
}
