import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { UserActor } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticatePassword } from '../../modules/access/authenticate-password.ts'
import { type Account, fullNameOf } from '../../modules/access/domain/account.ts'
import { endSession } from '../../modules/access/end-session.ts'
import { findAccount } from '../../modules/access/find-account.ts'
import { startSession } from '../../modules/access/start-session.ts'
import { OPEN } from './authenticate.ts'
import { objectBody } from './records.ts'
import type { SiteFacts } from './site.ts'

const COOKIE = 'touchstone_session'

/** `/api/v1/session`: signing in, who is signed in, signing out. */
export function sessionRoutes(app: FastifyInstance, access: Access, site: SiteFacts): void {
  app.post('/api/v1/session', OPEN, async (request, reply) => {
    const { username, password } = objectBody(request)
    if (typeof username !== 'string' || username === '') throw invalidInput('username', 'This is required.')
    if (typeof password !== 'string' || password === '') throw invalidInput('password', 'This is required.')
    const answer = await authenticatePassword(request.ctx, access, { by: 'either', name: username, password })
    if (answer.kind === 'limited') {
      throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: answer.retryAfterS })
    }
    if (answer.kind === 'rejected') {
      throw new RefusedError({ kind: 'not-authenticated', reason: 'User name and password do not match.' })
    }
    await signIn(request, reply, access, answer.account)
    return presentSession(answer.account, site)
  })

  app.get('/api/v1/session', async (request) => presentSession(await accountOf(request, access), site))

  app.delete('/api/v1/session', OPEN, async (request, reply) => {
    if (request.credential?.kind === 'session') await endSession(request.ctx, request.credential.secret)
    setCookie(reply, request, '', new Date(0))
    return reply.code(204).send()
  })
}

/** Starts a session of somebody who has just proved to be the owner of the account. */
export async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Access,
  account: Account,
): Promise<void> {
  const ctx = actingAs(request.ctx, account.actor, 'password')
  const started = await startSession(ctx, access, { userAgent: request.headers['user-agent'] })
  // its cookie is replaced: nobody could end it any more
  if (request.credential?.kind === 'session') await endSession(request.ctx, request.credential.secret)
  setCookie(reply, request, started.secret, started.expiresAt)
}

async function accountOf(request: FastifyRequest, access: Access): Promise<Account> {
  const user = userOf(request)
  const account = await findAccount(request.ctx, access, user.id)
  if (!account) throw new RefusedError({ kind: 'not-authenticated' })
  return account
}

/** @throws RefusedError `not-authenticated` */
export function userOf(request: FastifyRequest): UserActor {
  const { actor } = request.ctx
  if (actor.kind !== 'user') throw new RefusedError({ kind: 'not-authenticated' })
  return actor
}

function setCookie(reply: FastifyReply, request: FastifyRequest, value: string, expires: Date): void {
  reply.setCookie(COOKIE, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    expires,
  })
}

/** Who is signed in, and where. */
export function presentSession(account: Account, site: SiteFacts) {
  const { actor } = account
  return {
    user: {
      id: actor.id,
      username: actor.username,
      fullName: fullNameOf(account),
      email: account.email,
      isAdministrator: actor.isAdministrator,
      permissions: [...actor.permissions].sort(),
      groups: actor.groupIds,
    },
    site,
  }
}
