import type { FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import type { Credential } from '../../modules/access/domain/credential.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** what the caller proved itself with, once authenticated */
    credential?: Credential
  }
}

/**
 * Turns the credential of a request into its actor. Without one the request stays anonymous and the verb decides; a
 * header that is present but bad is refused, an expired cookie is not.
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: request.cookies,
  })
  if ('actor' in resolved) {
    request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
    request.credential = resolved.credential
    return
  }
  if (resolved.problem !== 'none' && resolved.presented !== 'session') {
    throw new RefusedError({ kind: 'not-authenticated', reason: 'This credential is not valid.' })
  }
}
