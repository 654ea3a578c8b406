import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { loadRecord } from '../../records/get-record.ts'
import { serviceEvent } from '../records/service-event.ts'
import { saveEventActive } from '../store/service-events.ts'
import { serviceEventHook } from './service-event-hook.ts'

/**
 * Takes an event off all lists, with a reason, and puts its parts back; or brings it back, when its parts are taken
 * again. It stays readable.
 *
 * @throws RefusedError `invalid-input` when the parts of a restored event are not there any more
 */
export async function deleteServiceEvent(
  ctx: Context,
  id: number,
  move: 'delete' | 'restore',
  reason: string,
): Promise<AnyRow> {
  requirePermission(ctx, serviceEvent.permissions.retire)
  return inTransaction(ctx, async (tx) => {
    const before = await loadRecord(tx, serviceEvent, id)
    const isActive = move === 'restore'
    if (before.isActive === isActive) return before
    const stamp = { at: tx.now(), by: actingUserId(tx.actor) }
    const deletedReason = isActive ? null : reason.trim() || 'Invalid'
    if (!(await saveEventActive(tx.db, before, { isActive, deletedReason }, stamp)))
      throw new RefusedError({ kind: 'conflict', reason: 'The event was changed by someone else meanwhile.' })
    const after = await loadRecord(tx, serviceEvent, id)
    await serviceEventHook.afterSave?.(tx, after, before)
    await recordAudit(tx, {
      action: `machine-qa.service-event.${move}`,
      record: serviceEvent.name,
      recordId: id,
      before: { isActive: before.isActive },
      after: { isActive, deletedReason },
      reason,
    })
    return after
  })
}
