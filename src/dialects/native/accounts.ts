import type { FastifyInstance } from 'fastify'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { createUser, type NewUser } from '../../modules/access/create-user.ts'
import { endAllSessions, revokeSession } from '../../modules/access/end-session.ts'
import { getOrCreateToken } from '../../modules/access/get-or-create-token.ts'
import { type Invitation, inviteAgain, inviteUser } from '../../modules/access/invite-user.ts'
import { userRecord } from '../../modules/access/records/user.ts'
import { revokeToken } from '../../modules/access/revoke-token.ts'
import { setPassword } from '../../modules/access/set-password.ts'
import { validateRecord } from '../../platform/records/validate-record.ts'
import { requiredText } from './body-fields.ts'
import { type ById, idOf, objectBody } from './records.ts'
import { currentSessionOf, presentSessions } from './sessions.ts'
import { makeToken, presentTokens } from './tokens.ts'

const BASE = '/api/v1/accounts'
const LONGEST_PASSWORD = 4096

/**
 * `/api/v1/accounts`: what administrators do to accounts besides changing their fields, which is
 * `/api/v1/access/users`.
 */
export function accountRoutes(app: FastifyInstance, access: Access): void {
  app.post(BASE, async (request, reply) => {
    const { password, invite, ...fields } = objectBody(request)
    // the declaration of users says which fields there are and checks each
    const user = validateRecord(userRecord, fields, 'new') as NewUser
    if ((invite === true) === (password !== undefined && password !== null))
      throw invalidInput('', 'Give either a password or “invite”: true.')
    if (invite === true) {
      return reply.code(201).send(presentInvitation(await inviteUser(request.ctx, access, user)))
    }
    const chosen = requiredText({ password }, 'password', LONGEST_PASSWORD)
    const { id } = await createUser(request.ctx, access, { ...user, password: chosen })
    return reply.code(201).send({ id, invitation: null })
  })

  app.post<ById>(`${BASE}/:id/invitation`, async (request) =>
    presentInvitation(await inviteAgain(request.ctx, access, idOf(request))),
  )

  app.post<ById>(`${BASE}/:id/password`, async (request, reply) => {
    const password = requiredText(objectBody(request), 'password', LONGEST_PASSWORD)
    await setPassword(request.ctx, access, { userId: idOf(request), password })
    return reply.code(204).send()
  })

  app.post<ById>(`${BASE}/:id/token`, async (request) => ({
    token: await getOrCreateToken(request.ctx, access, idOf(request)),
  }))

  tokenRoutes(app)
  sessionRoutes(app)
}

type ByIds = { Params: { id: string; other: string } }

function tokenRoutes(app: FastifyInstance): void {
  app.get<ById>(`${BASE}/:id/tokens`, async (request) => ({
    items: await presentTokens(request.ctx, idOf(request)),
  }))

  app.post<ById>(`${BASE}/:id/tokens`, async (request, reply) =>
    reply.code(201).send(await makeToken(request.ctx, idOf(request), objectBody(request))),
  )

  app.delete<ByIds>(`${BASE}/:id/tokens/:other`, async (request, reply) => {
    const id = otherIdOf(request.params.other)
    const known = await presentTokens(request.ctx, idOf(request))
    if (!known.some((token) => token.id === id))
      throw new RefusedError({ kind: 'not-found', what: 'token', id })
    await revokeToken(request.ctx, id)
    return reply.code(204).send()
  })
}

function sessionRoutes(app: FastifyInstance): void {
  app.get<ById>(`${BASE}/:id/sessions`, async (request) => ({
    items: await presentSessions(request, idOf(request)),
  }))

  app.delete<ById>(`${BASE}/:id/sessions`, async (request, reply) => {
    await endAllSessions(request.ctx, idOf(request), currentSessionOf(request))
    return reply.code(204).send()
  })

  app.delete<ByIds>(`${BASE}/:id/sessions/:other`, async (request, reply) => {
    const id = otherIdOf(request.params.other)
    const known = await presentSessions(request, idOf(request))
    if (!known.some((session) => session.id === id))
      throw new RefusedError({ kind: 'not-found', what: 'session', id })
    await revokeSession(request.ctx, id)
    return reply.code(204).send()
  })
}

function otherIdOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw invalidInput('id', 'This must be a whole number.')
  return Number(text)
}

function presentInvitation({ userId, ...invitation }: Invitation) {
  return { id: userId, invitation }
}
