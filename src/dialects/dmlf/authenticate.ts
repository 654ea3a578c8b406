import type { FastifyRequest } from 'fastify'
import { hasPermission } from '../../core/actor.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { CredentialProblem } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { detail, NOT_AUTHENTICATED, NOT_PERMITTED, WireError } from '../../platform/http/wire-error.ts'

/**
 * Turns the credential of a request into its actor, who must belong to research data.
 *
 * @throws WireError 401 for none, or one that is not good; 403 for somebody of another part
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: request.cookies,
  })
  if (!('actor' in resolved)) throw new WireError(401, answerTo(resolved.presented, resolved.problem))
  request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
  if (!hasPermission(request.ctx.actor, 'research.access')) throw new WireError(403, NOT_PERMITTED)
}

function answerTo(presented: string, problem: CredentialProblem): unknown {
  if (presented === 'token') return detail('Invalid token.')
  if (presented !== 'jwt') return NOT_AUTHENTICATED
  switch (problem) {
    case 'bearer-malformed':
      return {
        detail: 'Authorization header must contain two space-delimited values',
        code: 'bad_authorization_header',
      }
    case 'jwt-without-user':
      return { detail: 'Token contained no recognizable user identification', code: 'token_not_valid' }
    case 'user-not-found':
      return { detail: 'User not found', code: 'user_not_found' }
    case 'user-inactive':
      return { detail: 'User is inactive', code: 'user_inactive' }
    case 'password-changed':
      return { detail: "The user's password has been changed.", code: 'password_changed' }
    case 'jwt-wrong-type':
      return invalidToken('Token has wrong type')
    default:
      return invalidToken('Token is invalid or expired')
  }
}

function invalidToken(message: string): unknown {
  return {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  }
}
