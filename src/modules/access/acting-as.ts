import type { Context } from '../../context.ts'
import type { CredentialKind, UserActor } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'

/** The same request, now that it is known who makes it. */
export function actingAs(ctx: Context, actor: UserActor, credential: CredentialKind): Context {
  return { ...ctx, actor, origin: { ...ctx.origin, credential } }
}

/** The user who acts. @throws RefusedError `not-authenticated` for anybody else */
export function requireUser(ctx: Context): UserActor {
  if (ctx.actor.kind !== 'user') throw new RefusedError({ kind: 'not-authenticated' })
  return ctx.actor
}

const MANAGING: ReadonlySet<CredentialKind> = new Set(['session', 'jwt', 'password', 'system'])

/**
 * Keys, tokens and passwords are managed by whoever has just proved to hold the password, or the operator: a leaked
 * key or token must not make others.
 */
export function requireManagingCredential(ctx: Context): void {
  if (ctx.actor.kind === 'anonymous') throw new RefusedError({ kind: 'not-authenticated' })
  if (!MANAGING.has(ctx.origin.credential)) {
    throw new RefusedError({ kind: 'not-permitted', permission: 'access.credentials.manage' })
  }
}
