import type { Context } from '../../context.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { findSessionByHash, type Session, saveSessionSeen } from './store/sessions.ts'

/** How exactly it is known when a session or a key was last used: one write in that time at most. */
export const LAST_USE_PRECISION_MS = 60_000

/** A living session of a cookie's value, with the epoch of permissions; it has been seen now. */
export async function findSession(
  ctx: Context,
  secret: string,
): Promise<{ readonly session: Session; readonly epoch: number } | undefined> {
  const found = await findSessionByHash(ctx.db, hashSecret(secret))
  const now = ctx.now()
  if (!found || !isLiving(found.session, now)) return undefined
  const seenBefore = new Date(now.getTime() - LAST_USE_PRECISION_MS)
  if (found.session.lastSeenAt < seenBefore) await saveSessionSeen(ctx.db, found.session.id, now, seenBefore)
  return found
}

export function isLiving({ expiresAt, lastSeenAt, idleLimitMs }: Session, now: Date): boolean {
  if (expiresAt <= now) return false
  return idleLimitMs === null || now.getTime() - lastSeenAt.getTime() < idleLimitMs
}
