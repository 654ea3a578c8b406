import type { FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { actingAs } from '../../modules/access/acting-as.ts'
import { resolveCredential } from '../../modules/access/resolve-credential.ts'

/** Turns a credential into the actor of the request. Whoever presents none, or a bad one, only reads what is public. */
export async function authenticate(request: FastifyRequest, access: Access): Promise<void> {
  const { authorization } = request.headers
  const resolved = await resolveCredential(request.ctx, access, { authorization, cookies: request.cookies })
  if ('actor' in resolved) request.ctx = actingAs(request.ctx, resolved.actor, resolved.credential.kind)
}

/** @throws RefusedError `not-authenticated` */
export function requireSession({ ctx }: FastifyRequest): void {
  if (ctx.actor.kind === 'anonymous') throw new RefusedError({ kind: 'not-authenticated' })
}
