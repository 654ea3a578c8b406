import type { FastifyInstance } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { changePassword } from '../../modules/access/change-password.ts'
import { endAllSessions, revokeSession } from '../../modules/access/end-session.ts'
import { revokeToken } from '../../modules/access/revoke-token.ts'
import { requiredText } from './body-fields.ts'
import { type ById, idOf, objectBody } from './records.ts'
import { userOf } from './session.ts'
import { currentSessionOf, presentSessions } from './sessions.ts'
import { makeToken, presentTokens } from './tokens.ts'

const BASE = '/api/v1/account'
const LONGEST_PASSWORD = 4096

/** `/api/v1/account`: password, sessions and tokens of the acting user. */
export function ownAccountRoutes(app: FastifyInstance, access: Access): void {
  app.post(`${BASE}/password`, async (request, reply) => {
    const body = objectBody(request)
    const oldPassword = requiredText(body, 'current', LONGEST_PASSWORD)
    const newPassword = requiredText(body, 'next', LONGEST_PASSWORD)
    const keepSessionId = currentSessionOf(request)
    await inOwnWords(() => changePassword(request.ctx, access, { oldPassword, newPassword, keepSessionId }))
    return reply.code(204).send()
  })

  app.get(`${BASE}/sessions`, async (request) => ({
    items: await presentSessions(request, userOf(request).id),
  }))

  app.delete(`${BASE}/sessions`, async (request, reply) => {
    await endAllSessions(request.ctx, userOf(request).id, currentSessionOf(request))
    return reply.code(204).send()
  })

  app.delete<ById>(`${BASE}/sessions/:id`, async (request, reply) => {
    const id = idOf(request)
    const own = await presentSessions(request, userOf(request).id)
    if (!own.some((session) => session.id === id))
      throw new RefusedError({ kind: 'not-found', what: 'session', id })
    await revokeSession(request.ctx, id)
    return reply.code(204).send()
  })

  app.get(`${BASE}/tokens`, async (request) => ({
    items: await presentTokens(request.ctx, userOf(request).id),
  }))

  app.post(`${BASE}/tokens`, async (request, reply) =>
    reply.code(201).send(await makeToken(request.ctx, userOf(request).id, objectBody(request))),
  )

  app.delete<ById>(`${BASE}/tokens/:id`, async (request, reply) => {
    const id = idOf(request)
    const own = await presentTokens(request.ctx, userOf(request).id)
    if (!own.some((token) => token.id === id))
      throw new RefusedError({ kind: 'not-found', what: 'token', id })
    await revokeToken(request.ctx, id)
    return reply.code(204).send()
  })
}

const OWN_WORDS: Readonly<Record<string, string>> = { oldPassword: 'current', newPassword: 'next' }

/** Names the fields as this endpoint does. */
async function inOwnWords(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    const problems = error.refusal.problems.map(({ field, problem }) => ({
      field: OWN_WORDS[field] ?? field,
      problem,
    }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}
