import type { Context } from '../../../context.ts'
import { followAudit } from '../../audit/follow-audit.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { findSubscriptions } from './subscriptions.ts'
import { FAULT_ACTION, tellOfFaults, tellOfLowStock, tellOfServiceEvents } from './tell-of-service.ts'
import { SESSION_ACTIONS, tellOfSessions } from './tell-of-sessions.ts'

const FOLLOWED: readonly string[] = [...SESSION_ACTIONS, FAULT_ACTION]

/** Tells of everything that happened since the last call. */
export async function tellOfEvents(ctx: Context, notifications: Notifications): Promise<void> {
  await followAudit(ctx, 'machine-qa.notices', FOLLOWED, async (tx, entries) => {
    const subscriptions = await findSubscriptions(tx)
    const faults = entries.filter(({ action }) => action === FAULT_ACTION)
    const sessions = entries.filter(({ action }) => action !== FAULT_ACTION)
    await tellOfSessions(tx, notifications, subscriptions, sessions)
    await tellOfFaults(tx, notifications, subscriptions, faults)
  })
  await tellOfServiceEvents(ctx, notifications)
  await tellOfLowStock(ctx, notifications)
}
