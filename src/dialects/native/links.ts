import type { FastifyInstance } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { choosePassword, inspectLink } from '../../modules/access/choose-password.ts'
import { findAccount } from '../../modules/access/find-account.ts'
import { requestPasswordReset } from '../../modules/access/request-password-reset.ts'
import { setUpFirstAdministrator } from '../../modules/access/set-up-first-administrator.ts'
import { OPEN } from './authenticate.ts'
import { optionalText, requiredText } from './body-fields.ts'
import { objectBody } from './records.ts'
import { presentSession, signIn } from './session.ts'
import type { SiteFacts } from './site.ts'

const LONGEST_SECRET = 100
const LONGEST_PASSWORD = 4096

/**
 * What people do who cannot sign in yet: ask for a new password, choose one by the link of a mail, make the first
 * administrator. Secrets stand in bodies, never in addresses, which servers on the way log.
 */
export function linkRoutes(app: FastifyInstance, access: Access, site: SiteFacts): void {
  /** 204 whoever the address belongs to, so that nobody learns who has an account. */
  app.post('/api/v1/password-reset', OPEN, async (request, reply) => {
    const email = requiredText(objectBody(request), 'email', 320)
    await requestPasswordReset(request.ctx, access, email.trim())
    return reply.code(204).send()
  })

  app.post('/api/v1/link', OPEN, async (request) => {
    const secret = requiredText(objectBody(request), 'secret', LONGEST_SECRET)
    const standing = await inspectLink(request.ctx, secret)
    if (!standing) throw new RefusedError({ kind: 'not-found', what: 'link', id: 'of this secret' })
    return standing
  })

  app.post('/api/v1/choose-password', OPEN, async (request, reply) => {
    const body = objectBody(request)
    const secret = requiredText(body, 'secret', LONGEST_SECRET)
    const password = requiredText(body, 'password', LONGEST_PASSWORD)
    const account = await choosePassword(request.ctx, access, { secret, password })
    await signIn(request, reply, access, account)
    return presentSession(account, site)
  })

  app.post('/api/v1/set-up', OPEN, async (request, reply) => {
    const body = objectBody(request)
    const { id } = await setUpFirstAdministrator(request.ctx, access, {
      secret: requiredText(body, 'secret', LONGEST_SECRET),
      username: requiredText(body, 'username', 150),
      password: requiredText(body, 'password', LONGEST_PASSWORD),
      firstName: optionalText(body, 'firstName', 150) ?? '',
      lastName: optionalText(body, 'lastName', 150) ?? '',
      email: optionalText(body, 'email', 254) ?? null,
    })
    const account = await findAccount(request.ctx, access, id)
    if (!account) throw new Error('the administrator that was just made is missing')
    await signIn(request, reply, access, account)
    return reply.code(201).send(presentSession(account, site))
  })
}
