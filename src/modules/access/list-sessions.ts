import type { Context } from '../../context.ts'
import { isLiving } from './find-session.ts'
import { getSubject } from './get-subject.ts'
import { findSessionsOf, type Session } from './store/sessions.ts'

/** Living sessions of oneself, or of somebody one may act on, the last used first. */
export async function listSessions(ctx: Context, userId: number): Promise<readonly Session[]> {
  await getSubject(ctx, userId, 'access.user.change')
  const sessions = await findSessionsOf(ctx.db, userId)
  return sessions.filter((session) => isLiving(session, ctx.now()))
}
