import { randomUUID } from 'node:crypto'
import { type Context, inTransaction } from '../../context.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access, SessionLifetime } from './access.ts'
import { requireManagingCredential, requireUser } from './acting-as.ts'
import { insertSession } from './store/sessions.ts'

export type StartedSession = {
  readonly sessionId: number
  /** the value of the cookie, whatever its name; not kept anywhere */
  readonly secret: string
  readonly expiresAt: Date
}

const LONGEST_USER_AGENT = 400

/**
 * Starts a session of the acting user, who has just given a password. The secret is a random UUID (122 bits), the
 * form in which one dialect documents its cookie.
 *
 * @param lifetime where a dialect documents its own instead of the configured one
 */
export async function startSession(
  ctx: Context,
  access: Access,
  options: { readonly userAgent?: string | undefined; readonly lifetime?: SessionLifetime } = {},
): Promise<StartedSession> {
  const user = requireUser(ctx)
  requireManagingCredential(ctx)
  const { totalMs, idleMs } = options.lifetime ?? access.settings.session
  const secret = randomUUID()
  const startedAt = ctx.now()
  const expiresAt = new Date(startedAt.getTime() + totalMs)
  const sessionId = await inTransaction(ctx, async (tx) => {
    const id = await insertSession(tx.db, {
      secretHash: hashSecret(secret),
      userId: user.id,
      startedAt,
      expiresAt,
      idleLimitMs: idleMs,
      address: ctx.origin.address ?? null,
      userAgent: options.userAgent?.toWellFormed().replaceAll('\0', '').slice(0, LONGEST_USER_AGENT) ?? null,
    })
    await recordAudit(tx, { action: 'access.session.start', record: 'access.session', recordId: id })
    return id
  })
  return { sessionId, secret, expiresAt }
}
