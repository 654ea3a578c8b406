import { hasPermission } from '../../core/actor.ts'
import type { ForYouSource } from '../workspace/find-for-you.ts'
import { deliveryRecord } from './records/delivery.ts'
import { countFailedSince } from './store/deliveries.ts'

const WEEK_MS = 7 * 86_400_000

/** Notifications and mails of the last week that were given up, for whoever may see the log. */
export const failedDeliveriesSource: ForYouSource = async (ctx) => {
  if (!hasPermission(ctx.actor, deliveryRecord.permissions.view)) return []
  const failed = await countFailedSince(ctx.db, new Date(ctx.now().getTime() - WEEK_MS))
  if (failed === 0) return []
  return [
    {
      kind: 'Notifications',
      token: 'act',
      title: failed === 1 ? '1 message could not be sent' : `${failed} messages could not be sent`,
      detail: 'in the last seven days',
      path: `/app/admin/${deliveryRecord.name}?state=failed`,
      action: 'Look into it',
    },
  ]
}
