import type { FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { authenticateBasic } from '../../modules/access/authenticate-basic.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { csrfTokenOf } from '../../modules/access/session-csrf.ts'
import { type Parameters, textOf } from './wire/parameters.ts'
import { WireError } from './wire-error.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** the secret of the session that the request came with */
    bikaSession?: string
    /** a credential that is present but bad */
    bikaProblem?: WireError
  }
}

/** Turns cookie, HTTP Basic or token into the actor. A cookie that expired is as none; other bad credentials fail every route. */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: unquoted(request.cookies),
    basic: 'accepted',
  })
  if ('actor' in resolved) {
    request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
    if (resolved.credential.kind === 'session') request.bikaSession = resolved.credential.secret
    return
  }
  if (resolved.problem !== 'none' && resolved.presented !== 'session')
    request.bikaProblem = new WireError('Invalid credentials', 401)
}

/** Old servers wrote the value in double quotes, and some clients encode those. */
function unquoted(
  cookies: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return { ...cookies, __ac: cookies.__ac?.replace(/^(?:%22|")(.*?)(?:%22|")$/, '$1') }
}

/** Name and password among the parameters: the request is executed as that user. */
export async function authenticateInline(
  request: FastifyRequest,
  access: Access,
  parameters: Parameters,
): Promise<void> {
  const username = textOf(parameters, '__ac_name')
  const password = textOf(parameters, '__ac_password')
  if (username === undefined || password === undefined) return
  const answer = await authenticateBasic(request.ctx, access, { username, password })
  if (answer.kind !== 'accepted') throw new WireError('Invalid credentials', 401)
  request.ctx = actingAs(request.ctx, answer.account.actor, 'basic')
}

/** The token that `read` hands out: of the session, or of the user where there is none. */
export function authenticatorOf(request: FastifyRequest, access: Access): string {
  const { actor } = request.ctx
  return csrfTokenOf(access, request.bikaSession ?? (actor.kind === 'user' ? `user ${actor.id}` : actor.kind))
}
