import type { FastifyRequest } from 'fastify'
import { listSessions } from '../../modules/access/list-sessions.ts'

/** Living sessions of a user; the one that asks is marked. */
export async function presentSessions(request: FastifyRequest, userId: number) {
  const sessions = await listSessions(request.ctx, userId)
  const current = currentSessionOf(request)
  return sessions.map(({ id, startedAt, lastSeenAt, expiresAt, address, userAgent }) => ({
    id,
    startedAt,
    lastSeenAt,
    expiresAt,
    address,
    userAgent,
    isCurrent: id === current,
  }))
}

/** The session by which this request is made, if it is made by one. */
export function currentSessionOf({ credential }: FastifyRequest): number | undefined {
  return credential?.kind === 'session' ? credential.sessionId : undefined
}
