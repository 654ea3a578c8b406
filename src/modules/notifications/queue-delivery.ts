import type { Context } from '../../context.ts'
import { openSecret, sealSecret } from '../../platform/crypto/seal-secret.ts'
import type { QueuedDelivery } from './domain/delivery.ts'
import type { Message } from './domain/message.ts'
import type { Notifications } from './notifications.ts'
import { insertDelivery, type NewDelivery, saveHandOverAt } from './store/deliveries.ts'

/** Longer than any pause between two attempts: what then still waits was lost by the queue. */
const PATIENCE_MS = 24 * 3_600_000

export type Outgoing = Pick<
  NewDelivery,
  'dedupe' | 'kind' | 'recipientId' | 'channel' | 'address' | 'webhookId' | 'state' | 'problem'
>

/**
 * Stores a message in the caller's transaction and hands it to the job queue unless it is held or skipped. The same
 * message for the same recipient by the same channel is stored once.
 *
 * @returns whether it is new
 */
export async function queueDelivery(
  tx: Context,
  notifications: Notifications,
  outgoing: Outgoing,
  message: Message,
): Promise<boolean> {
  const createdAt = tx.now()
  const isWaiting = outgoing.state === 'waiting'
  const id = await insertDelivery(tx.db, {
    ...outgoing,
    subject: message.subject.slice(0, 500),
    sealed:
      outgoing.state === 'skipped'
        ? null
        : sealSecret(notifications.keys, JSON.stringify(message), purposeOf(outgoing)),
    createdAt,
    handOverAt: isWaiting ? createdAt : null,
  })
  if (id === undefined) return false
  if (isWaiting) await handOver(tx, notifications, id)
  return true
}

/**
 * Gives a waiting delivery to the job queue; without one it is left for the next hand-over.
 *
 * @returns whether a queue took it
 */
export async function handOver(tx: Context, notifications: Notifications, id: number): Promise<boolean> {
  const isTaken = await notifications.relay.handOver(tx, id)
  await saveHandOverAt(tx.db, id, isTaken ? lostAt(tx.now()) : tx.now())
  return isTaken
}

/** When something that was given to the queue now would have to be given again. */
export function lostAt(now: Date): Date {
  return new Date(now.getTime() + PATIENCE_MS)
}

/** What a stored delivery says. @throws UnsealableError when the instance secret is another one now */
export function openMessage(notifications: Notifications, delivery: QueuedDelivery): Message {
  if (delivery.sealed === null) throw new Error(`delivery ${delivery.id} has no message any more`)
  return JSON.parse(openSecret(notifications.keys, delivery.sealed, purposeOf(delivery)))
}

function purposeOf({ dedupe }: Pick<QueuedDelivery, 'dedupe'>): string {
  return `notifications.delivery:${dedupe}`
}
