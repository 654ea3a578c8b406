import type { FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'

/** Turns the credential of a request into its actor: a session, `Token`, `Bearer` or `ApiKey`. */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const { authorization } = request.headers
  const resolved = await resolveCredential(request.ctx, access, { authorization, cookies: request.cookies })
  if (!('actor' in resolved)) throw new RefusedError({ kind: 'not-authenticated' })
  request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
}
