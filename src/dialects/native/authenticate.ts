import type { FastifyRequest } from 'fastify'
import { requirePermission } from '../../context.ts'
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
  interface FastifyContextConfig {
    /** whether a route of our own API answers callers without a credential */
    isOpen?: boolean
  }
}

/** For the few routes that answer before anybody has signed in. */
export const OPEN = { config: { isOpen: true } } as const

/**
 * Turns the credential of a request into its actor, before the request is read: who has none learns nothing of what is
 * wrong with it. A header that is present but bad is refused, an expired cookie is as good as none.
 *
 * @throws RefusedError `not-authenticated` for a bad credential, and for none unless the route is open; `not-permitted`
 *   for a route of a part that the caller does not belong to
 */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const resolved = await resolveCredential(request.ctx, access, {
    authorization: request.headers.authorization,
    cookies: request.cookies,
  })
  if ('actor' in resolved) {
    request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
    request.credential = resolved.credential
    requirePart(request)
    return
  }
  if (resolved.problem !== 'none' && resolved.presented !== 'session') {
    throw new RefusedError({ kind: 'not-authenticated', reason: 'This credential is not valid.' })
  }
  if (!request.is404 && request.routeOptions.config.isOpen !== true) {
    throw new RefusedError({ kind: 'not-authenticated' })
  }
}

/** Whose routes are for those who belong to them, before anything else is asked of them. */
const PARTS = /^(?:\/compat\/native)?\/api\/v1\/(machine-qa|lims|research)\//

function requirePart({ url, ctx }: FastifyRequest): void {
  const part = PARTS.exec(url)?.[1]
  if (part !== undefined) requirePermission(ctx, `${part}.access`)
}
