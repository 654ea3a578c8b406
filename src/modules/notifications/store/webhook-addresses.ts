import type { Database } from '../../../platform/database/database.ts'
import type { NotificationTables } from './tables.ts'

export async function findSealedAddress(db: Database, webhookId: number): Promise<string | undefined> {
  const row = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_webhook_address')
    .select('sealed')
    .where('id', '=', webhookId)
    .executeTakeFirst()
  return row?.sealed
}

export async function saveSealedAddress(db: Database, webhookId: number, sealed: string): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .insertInto('notifications_webhook_address')
    .values({ id: webhookId, sealed })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed }))
    .execute()
}
