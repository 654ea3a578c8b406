import type { FastifyRequest } from 'fastify'
import { hasPermission } from '../../core/actor.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { CredentialProblem } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { bearerRefusal } from '../../platform/http/bearer-refusal.ts'
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
  return bearerRefusal(problem)
}
