import { type Context, inTransaction } from '../../context.ts'
import { digestOf } from './domain/message.ts'
import type { Notifications } from './notifications.ts'
import { openMessage, queueDelivery } from './queue-delivery.ts'
import { type DigestTarget, findDigestTargets, findHeld, saveBundled } from './store/deliveries.ts'

const MOST_IN_DIGEST = 200

/** Makes one message of all that is held for each recipient and channel. */
export async function sendDigests(ctx: Context, notifications: Notifications): Promise<void> {
  for (const target of await findDigestTargets(ctx.db)) {
    while (await bundle(ctx, notifications, target));
  }
}

/** @returns whether more may be held for the same target */
function bundle(ctx: Context, notifications: Notifications, target: DigestTarget): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const held = await findHeld(tx.db, target, MOST_IN_DIGEST)
    const [oldest] = held
    if (!oldest) return false
    const ids = held.map(({ id }) => id)
    // a server that does the same at the same time was quicker
    if ((await saveBundled(tx.db, ids, tx.now())) === 0) return false
    const messages = held.map((delivery) => openMessage(notifications, delivery))
    await queueDelivery(
      tx,
      notifications,
      {
        ...target,
        dedupe: `notifications.digest|${oldest.id}`,
        kind: 'notifications.digest',
        state: 'waiting',
        problem: null,
      },
      digestOf(messages, notifications.publicUrl),
    )
    return held.length === MOST_IN_DIGEST
  })
}
