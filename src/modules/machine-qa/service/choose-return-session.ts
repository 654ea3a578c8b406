import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { findSession } from '../store/sessions.ts'
import { performReturn } from './follow-session.ts'

/**
 * Takes a session that was performed already for return-to-service QA.
 *
 * @throws RefusedError `not-found` also for a voided session; `invalid-input` for one of another assignment
 */
export async function chooseReturnSession(
  ctx: Context,
  returnToServiceId: number,
  sessionId: number,
): Promise<void> {
  requirePermission(ctx, 'machine-qa.return-to-service.perform')
  await inTransaction(ctx, async (tx) => {
    const session = await findSession(tx.db, sessionId)
    if (!session || session.voidedAt !== null)
      throw new RefusedError({ kind: 'not-found', what: 'session', id: sessionId })
    await performReturn(tx, returnToServiceId, session, 'form')
  })
}
