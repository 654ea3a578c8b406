import { type Context, requirePermission } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Session } from '../domain/session.ts'
import type { EntryManner } from '../performing/submission.ts'
import {
  findReturn,
  findReturnsBySession,
  linkSession,
  type ReturnEntry,
} from '../store/return-to-service.ts'
import { logEvent } from './event-log.ts'
import { settleStatus } from './settle-status.ts'

type LinkedSession = Pick<Session, 'id' | 'assignmentId' | 'inProgress' | 'allReviewed'>

/**
 * Says that a session was performed as return-to-service QA, in the transaction that stores the session.
 *
 * @throws RefusedError `invalid-input` on `returnToService` for an entry that does not exist or is of another assignment
 */
export async function performReturn(
  tx: Context,
  returnToServiceId: number,
  session: LinkedSession,
  manner: EntryManner,
): Promise<void> {
  // scripts need no more than the right to perform, as documented
  if (manner === 'form') requirePermission(tx, 'machine-qa.return-to-service.perform')
  const entry = await findReturn(tx.db, returnToServiceId)
  if (!entry) throw invalidInput('returnToService', 'There is no such return-to-service QA.')
  if (entry.assignmentId !== session.assignmentId)
    throw invalidInput('returnToService', 'This return-to-service QA is of another assignment.')
  await link(tx, entry, session.id)
  await logProgress(tx, entry, session)
  await settleStatus(tx, [entry.serviceEventId])
}

async function link(tx: Context, entry: ReturnEntry, sessionId: number | null): Promise<void> {
  if (!(await linkSession(tx.db, entry, sessionId, { at: tx.now(), by: actingUserId(tx.actor) }))) {
    throw new RefusedError({
      kind: 'conflict',
      reason:
        'Return-to-service QA was changed by someone else meanwhile. Load it again and repeat your change.',
    })
  }
  await recordAudit(tx, {
    action: 'machine-qa.return-to-service.change',
    record: 'machine-qa.return-to-service',
    recordId: entry.id,
    after: { testListInstance: sessionId },
  })
}

async function logProgress(tx: Context, { id, serviceEventId }: ReturnEntry, session: LinkedSession) {
  if (session.inProgress) return
  await logEvent(tx, serviceEventId, 'rts-performed', { id, session: session.id })
  if (session.allReviewed) await logEvent(tx, serviceEventId, 'rts-approved', { id, session: session.id })
}

/**
 * Lets service events follow what becomes of a session that was performed for them: changed, reviewed, or voided, when
 * the QA has to be performed again.
 *
 * @param before the session as it was until now
 */
export async function followSession(
  tx: Context,
  before: Pick<Session, 'allReviewed' | 'inProgress'>,
  after: LinkedSession & Pick<Session, 'voidedAt'>,
): Promise<void> {
  const entries = await findReturnsBySession(tx.db, after.id)
  if (entries.length === 0) return
  for (const entry of entries) {
    if (after.voidedAt !== null) {
      await link(tx, entry, null)
      await logEvent(tx, entry.serviceEventId, 'rts-changed', { id: entry.id, change: 'session voided' })
    } else if (before.inProgress && !after.inProgress) await logProgress(tx, entry, after)
    else if (!before.allReviewed && after.allReviewed)
      await logEvent(tx, entry.serviceEventId, 'rts-approved', { id: entry.id, session: after.id })
  }
  await settleStatus(
    tx,
    entries.map(({ serviceEventId }) => serviceEventId),
  )
}
