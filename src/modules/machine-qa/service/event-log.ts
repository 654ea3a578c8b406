import type { Context } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { insertServiceLog, type ServiceLogKind } from '../store/service-log.ts'

/** Notes what happened to a service event, in the transaction in which it happens. */
export function logEvent(
  tx: Context,
  serviceEventId: number,
  kind: ServiceLogKind,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return insertServiceLog(tx.db, {
    serviceEventId,
    kind,
    happened: tx.now(),
    userId: actingUserId(tx.actor),
    detail,
  })
}
