import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireManagingCredential } from './acting-as.ts'
import { getSubject } from './get-subject.ts'
import { saveCredentialsValidFrom } from './store/accounts.ts'
import { raiseEpoch } from './store/epoch.ts'
import {
  deleteSession,
  deleteSessionsOf,
  findSessionByHash,
  findSessionById,
  type Session,
} from './store/sessions.ts'

/** Ends the session of a cookie's value. One that is over already is no failure. */
export async function endSession(ctx: Context, secret: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const found = await findSessionByHash(tx.db, hashSecret(secret))
    if (found) await remove(tx, found.session)
  })
}

/** Ends a session of one's own, or of somebody one may act on, from the list. @throws RefusedError `not-found` */
export async function revokeSession(ctx: Context, sessionId: number): Promise<void> {
  requireManagingCredential(ctx)
  await inTransaction(ctx, async (tx) => {
    const session = await findSessionById(tx.db, sessionId)
    if (!session) throw new RefusedError({ kind: 'not-found', what: 'session', id: sessionId })
    await getSubject(tx, session.userId, 'access.user.change')
    await remove(tx, session)
  })
}

/**
 * Ends what somebody is signed in with everywhere: sessions, JWTs, remembered log-ins. Tokens and API keys stay,
 * since programs hold them.
 *
 * @param keepSessionId the session that asks for it
 */
export async function endAllSessions(ctx: Context, userId: number, keepSessionId?: number): Promise<void> {
  requireManagingCredential(ctx)
  await inTransaction(ctx, async (tx) => {
    await getSubject(tx, userId, 'access.user.change')
    await endEverythingIssued(tx, userId, keepSessionId)
    await recordAudit(tx, { action: 'access.user.end-sessions', record: 'access.user', recordId: userId })
  })
}

/** As {@link endAllSessions}, for verbs that have asked and record what they do themselves. */
export async function endEverythingIssued(
  tx: Context,
  userId: number,
  keepSessionId?: number,
): Promise<void> {
  await deleteSessionsOf(tx.db, userId, keepSessionId)
  await saveCredentialsValidFrom(tx.db, userId, tx.now())
  await raiseEpoch(tx.db)
}

async function remove(tx: Context, session: Session): Promise<void> {
  if (!(await deleteSession(tx.db, session.id))) return
  await recordAudit(tx, { action: 'access.session.end', record: 'access.session', recordId: session.id })
}
