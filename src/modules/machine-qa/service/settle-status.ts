import type { Context } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { findReturnsOf, type ReturnEntry } from '../store/return-to-service.ts'
import { findDefaultStatus, findDemandingReview, saveEventStatus } from '../store/service-events.ts'
import { logEvent } from './event-log.ts'

/** Whether return-to-service QA was performed and reviewed. */
export function isReturned({ session }: Pick<ReturnEntry, 'session'>): boolean {
  return session !== null && !session.inProgress && session.allReviewed
}

/**
 * Lets events fall back to the default status when their status demands reviewed return-to-service QA and some of it is
 * not, or not any more.
 */
export async function settleStatus(tx: Context, eventIds: readonly number[]): Promise<void> {
  const demanding = await findDemandingReview(tx.db, eventIds)
  if (demanding.length === 0) return
  const waiting = new Set(
    (await findReturnsOf(tx.db, demanding))
      .filter((entry) => !isReturned(entry))
      .map(({ serviceEventId }) => serviceEventId),
  )
  if (waiting.size === 0) return
  const fallback = await findDefaultStatus(tx.db)
  if (!fallback) return
  for (const eventId of waiting) {
    await saveEventStatus(tx.db, eventId, fallback.id, { at: tx.now(), by: actingUserId(tx.actor) })
    const why = 'return-to-service QA is not reviewed'
    await logEvent(tx, eventId, 'status', { to: fallback.name, because: why })
    await recordAudit(tx, {
      action: 'machine-qa.service-event.change',
      record: 'machine-qa.service-event',
      recordId: eventId,
      after: { serviceStatus: fallback.id },
      reason: why,
    })
  }
}
