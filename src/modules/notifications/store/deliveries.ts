import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { DeliveryState, QueuedDelivery } from '../domain/delivery.ts'
import type { NotificationTables } from './tables.ts'

export type NewDelivery = Omit<QueuedDelivery, 'id' | 'attempts'> & {
  readonly state: Extract<DeliveryState, 'waiting' | 'held' | 'skipped'>
  readonly problem: string | null
  readonly handOverAt: Date | null
}

/** @returns undefined where the same message exists already */
export async function insertDelivery(db: Database, delivery: NewDelivery): Promise<number | undefined> {
  const row = await db
    .withTables<NotificationTables>()
    .insertInto('notifications_delivery')
    .values({
      dedupe: delivery.dedupe,
      kind: delivery.kind,
      kind_folded: fold(delivery.kind),
      recipient_id: delivery.recipientId,
      channel: delivery.channel,
      address: delivery.address,
      address_folded: delivery.address === null ? null : fold(delivery.address),
      webhook_id: delivery.webhookId,
      subject: delivery.subject,
      subject_folded: fold(delivery.subject),
      sealed: delivery.sealed,
      state: delivery.state,
      problem: delivery.problem,
      problem_folded: delivery.problem === null ? null : fold(delivery.problem),
      created_at: delivery.createdAt,
      hand_over_at: delivery.handOverAt,
    })
    .onConflict((conflict) => conflict.column('dedupe').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function saveHandOverAt(db: Database, id: number, at: Date): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({ hand_over_at: at })
    .where('id', '=', id)
    .execute()
}

/** Takes a waiting delivery for sending; of several that try, one gets it. */
export async function claimDelivery(
  db: Database,
  id: number,
  until: Date,
): Promise<QueuedDelivery | undefined> {
  const row = await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1), hand_over_at: until }))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returningAll()
    .executeTakeFirst()
  return row && toDelivery(row)
}

export async function saveSent(db: Database, id: number, at: Date): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({
      state: 'sent',
      sealed: null,
      problem: null,
      problem_folded: null,
      sent_at: at,
      hand_over_at: null,
    })
    .where('id', '=', id)
    .execute()
}

/** @param handOverAt when to hand it over again should the queue lose it; null when it is given up */
export async function saveNotSent(
  db: Database,
  id: number,
  problem: string,
  handOverAt: Date | null,
): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({
      state: handOverAt === null ? 'failed' : 'waiting',
      problem,
      problem_folded: fold(problem),
      hand_over_at: handOverAt,
    })
    .where('id', '=', id)
    .execute()
}

/** Makes a failed delivery wait again. @returns whether it had failed and still has its message */
export async function reviveDelivery(db: Database, id: number, handOverAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({ state: 'waiting', attempts: 0, hand_over_at: handOverAt })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .where('sealed', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deliveries that no job works on although it is time; they wait, and are nobody else's to hand over until then. */
export async function takeAbandoned(db: Database, now: Date, nextAt: Date, limit: number): Promise<number[]> {
  const rows = await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({ state: 'waiting', hand_over_at: nextAt })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notifications_delivery')
        .select('id')
        .where('state', 'in', ['waiting', 'sending'])
        .where('hand_over_at', '<=', now.toISOString())
        .orderBy('hand_over_at')
        .limit(limit),
    )
    .where('state', 'in', ['waiting', 'sending'])
    .where('hand_over_at', '<=', now.toISOString())
    .returning('id')
    .execute()
  return rows.map(({ id }) => id).sort((a, b) => a - b)
}

/** Where the messages that are held for a daily one go. */
export type DigestTarget = Pick<QueuedDelivery, 'recipientId' | 'channel' | 'address' | 'webhookId'>

export async function findDigestTargets(db: Database): Promise<DigestTarget[]> {
  const rows = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_delivery')
    .select(['recipient_id', 'channel', 'address', 'webhook_id'])
    .distinct()
    .where('state', '=', 'held')
    .execute()
  return rows.map((row) => ({
    recipientId: row.recipient_id,
    channel: row.channel,
    address: row.address,
    webhookId: row.webhook_id,
  }))
}

/** The held messages of one target, oldest first. */
export async function findHeld(db: Database, target: DigestTarget, limit: number): Promise<QueuedDelivery[]> {
  const rows = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_delivery')
    .selectAll()
    .where('state', '=', 'held')
    .where('channel', '=', target.channel)
    .where(sameOrNull('recipient_id', target.recipientId))
    .where(sameOrNull('address', target.address))
    .where(sameOrNull('webhook_id', target.webhookId))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toDelivery)
}

function sameOrNull(column: string, value: string | number | null) {
  return value === null
    ? sql<boolean>`${sql.ref(column)} is null`
    : sql<boolean>`${sql.ref(column)} = ${value}`
}

/** @returns how many of them were still held */
export async function saveBundled(db: Database, ids: readonly number[], at: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .withTables<NotificationTables>()
    .updateTable('notifications_delivery')
    .set({ state: 'bundled', sealed: null, sent_at: at })
    .where('id', 'in', [...ids])
    .where('state', '=', 'held')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function countFailedSince(db: Database, since: Date): Promise<number> {
  const { count } = await db
    .withTables<NotificationTables>()
    .selectFrom('notifications_delivery')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'failed')
    .where('created_at', '>=', since.toISOString())
    .executeTakeFirstOrThrow()
  return count
}

export async function deleteClosedBefore(db: Database, before: Date): Promise<void> {
  await db
    .withTables<NotificationTables>()
    .deleteFrom('notifications_delivery')
    .where('created_at', '<', before.toISOString())
    .where('state', 'in', ['sent', 'bundled', 'failed', 'skipped'])
    .execute()
}

function toDelivery(row: Selectable<NotificationTables['notifications_delivery']>): QueuedDelivery {
  return {
    id: row.id,
    dedupe: row.dedupe,
    kind: row.kind,
    recipientId: row.recipient_id,
    channel: row.channel,
    address: row.address,
    webhookId: row.webhook_id,
    subject: row.subject,
    sealed: row.sealed,
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
  }
}
