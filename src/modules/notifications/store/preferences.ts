import { type Database, json } from '../../../platform/database/database.ts'
import type { ChannelChoice } from '../domain/notification-kind.ts'
import type { NotificationTables } from './tables.ts'

/** What users chose for a kind, by user; those who chose nothing are absent. */
export async function findChoicesOfUsers(
  db: Database,
  kind: string,
  userIds: readonly number[],
): Promise<ReadonlyMap<number, readonly ChannelChoice[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_preference')
    .select(['user_id', 'choices'])
    .where('kind', '=', kind)
    .where('user_id', 'in', [...userIds])
    .execute()
  return new Map(rows.map((row) => [row.user_id, JSON.parse(row.choices)]))
}

/** What one user chose, by kind. */
export async function findChoicesOf(
  db: Database,
  userId: number,
): Promise<ReadonlyMap<string, readonly ChannelChoice[]>> {
  const rows = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_preference')
    .select(['kind', 'choices'])
    .where('user_id', '=', userId)
    .execute()
  return new Map(rows.map((row) => [row.kind, JSON.parse(row.choices)]))
}

export async function saveChoices(
  db: Database,
  userId: number,
  kind: string,
  choices: readonly ChannelChoice[],
  at: Date,
): Promise<void> {
  const text = json(choices)
  await db
    .withTables<NotificationTables>()
    .insertInto('notifications_preference')
    .values({ user_id: userId, kind, choices: text, changed_at: at })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'kind']).doUpdateSet({ choices: text, changed_at: at }),
    )
    .execute()
}

export async function deleteChoices(db: Database, userId: number, kind: string): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .deleteFrom('notifications_preference')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .execute()
}
