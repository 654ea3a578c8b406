import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords } from '../records/list-records.ts'
import type { Notifications } from './notifications.ts'
import { handOver } from './queue-delivery.ts'
import { deliveryRecord } from './records/delivery.ts'
import { reviveDelivery } from './store/deliveries.ts'

/** Tries a failed delivery again, from the beginning. @throws RefusedError `not-found`; `conflict` unless it failed */
export async function resendDelivery(ctx: Context, notifications: Notifications, id: number): Promise<void> {
  requirePermission(ctx, 'notifications.delivery.resend')
  await inTransaction(ctx, async (tx) => {
    const [delivery] = await findRecords(tx, deliveryRecord, [id])
    if (!delivery) throw new RefusedError({ kind: 'not-found', what: 'delivery', id })
    if (!(await reviveDelivery(tx.db, id, tx.now())))
      throw new RefusedError({ kind: 'conflict', reason: 'Only what has failed can be sent again.' })
    await handOver(tx, notifications, id)
    await recordAudit(tx, {
      action: 'notifications.delivery.resend',
      record: deliveryRecord.name,
      recordId: id,
    })
  })
}
