import type { FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { CredentialProblem } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { isCsrfTokenOf } from '../../modules/access/session-csrf.ts'
import { detail, NOT_AUTHENTICATED, WireError } from './errors.ts'

const UNAUTHORIZED = { 'www-authenticate': 'Token' }

/**
 * Turns the credential of a request into its actor; a credential that is present but bad fails at once, also where
 * none is needed. Writes with the session's cookie must carry the CSRF token.
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: request.cookies,
  })
  if (!('actor' in resolved)) {
    if (resolved.problem === 'none' || resolved.presented === 'session') return
    throw new WireError(401, detail(textOf(resolved.problem)), UNAUTHORIZED)
  }
  request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
  if (resolved.credential.kind !== 'session' || isSafe(request.method)) return
  const given = request.headers['x-csrftoken']
  if (!isCsrfTokenOf(access, resolved.credential.secret, typeof given === 'string' ? given : undefined)) {
    throw new WireError(
      403,
      detail(`CSRF Failed: CSRF token ${given === undefined ? 'missing' : 'incorrect'}.`),
    )
  }
}

/** @throws WireError 401 for a request without a credential */
export function requireCaller(request: FastifyRequest): void {
  if (request.ctx.actor.kind === 'anonymous') throw new WireError(401, NOT_AUTHENTICATED, UNAUTHORIZED)
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
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
