import type { FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { Unauthenticated } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'
import { bearerRefusal } from '../../platform/http/bearer-refusal.ts'
import { detail, NOT_AUTHENTICATED, WireError } from '../../platform/http/wire-error.ts'

/**
 * Turns the credential of a request into its actor.
 *
 * @throws WireError 401 for none, or one that is not good
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const { authorization } = request.headers
  const resolved = await resolveCredential(request.ctx, access, { authorization, cookies: request.cookies })
  if (!('actor' in resolved)) throw new WireError(401, answerTo(resolved, authorization))
  request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
}

const BAD_KEY = detail('Invalid or missing API key.')

function answerTo({ problem, presented }: Unauthenticated, authorization: string | undefined): unknown {
  if (problem === 'api-key-revoked') return detail('This API key has been revoked.')
  if (presented === 'api-key') return BAD_KEY
  if (presented === 'jwt') return bearerRefusal(problem)
  if (presented === 'token') return detail('Invalid token.')
  // a single word is taken for an API key whose scheme was left out
  const words = (authorization ?? '').trim().split(/\s+/)
  return words.length === 1 && words[0] !== '' ? BAD_KEY : NOT_AUTHENTICATED
}
