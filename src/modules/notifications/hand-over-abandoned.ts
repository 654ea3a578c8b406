import { type Context, inTransaction } from '../../context.ts'
import type { Notifications } from './notifications.ts'
import { handOver, lostAt } from './queue-delivery.ts'
import { takeAbandoned } from './store/deliveries.ts'

const BATCH = 100

/**
 * Gives deliveries to the job queue that no job works on: those of processes without a queue, and those that a killed
 * process was sending.
 */
export async function handOverAbandoned(ctx: Context, notifications: Notifications): Promise<void> {
  while ((await handOverSome(ctx, notifications)) === BATCH);
}

/** @returns how many the queue took */
function handOverSome(ctx: Context, notifications: Notifications): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    let taken = 0
    for (const id of await takeAbandoned(tx.db, tx.now(), lostAt(tx.now()), BATCH)) {
      if (await handOver(tx, notifications, id)) taken += 1
    }
    return taken
  })
}
