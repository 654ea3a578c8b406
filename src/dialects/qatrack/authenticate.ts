import type { FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { CredentialProblem } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { isCsrfTokenOf } from '../../modules/access/session-csrf.ts'
import { detail, NOT_AUTHENTICATED, WireError } from '../../platform/http/wire-error.ts'

const UNAUTHORIZED = { 'www-authenticate': 'Token' }

/**
 * Turns the credential of a request into its actor; a credential that is present but bad fails at once, also where
 * none is needed.
 *
 * @returns the secret of the session, if it was one
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<string | undefined> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: request.cookies,
  })
  if (!('actor' in resolved)) {
    if (resolved.problem === 'none' || resolved.presented === 'session') return undefined
    throw new WireError(401, detail(textOf(resolved.problem)), UNAUTHORIZED)
  }
  request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
  return resolved.credential.kind === 'session' ? resolved.credential.secret : undefined
}

/** @throws WireError 403 unless a write with the session's cookie carries the token that its pages were given */
export function requireCsrfToken(access: Access, sessionSecret: string, given: unknown): void {
  if (isCsrfTokenOf(access, sessionSecret, typeof given === 'string' ? given : undefined)) return
  throw new WireError(
    403,
    detail(`CSRF Failed: CSRF token ${given === undefined ? 'missing' : 'incorrect'}.`),
  )
}

/** @throws WireError 401 for a request without a credential */
export function requireCaller(request: FastifyRequest): void {
  if (request.ctx.actor.kind === 'anonymous') throw new WireError(401, NOT_AUTHENTICATED, UNAUTHORIZED)
}

function textOf(problem: CredentialProblem): string {
  switch (problem) {
    case 'token-empty':
      return 'Invalid token header. No credentials provided.'
    case 'token-with-spaces':
      return 'Invalid token header. Token string should not contain spaces.'
    case 'token-with-invalid-characters':
      return 'Invalid token header. Token string should not contain invalid characters.'
    case 'user-inactive':
      return 'User inactive or deleted.'
    default:
      return 'Invalid token.'
  }
}
