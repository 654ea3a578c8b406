import { type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { ANY_INSTITUTE } from './permissions.ts'
import type { ResearchServices } from './research-services.ts'
import { institutesOf, isMember } from './store/samples.ts'

/**
 * Refuses to write samples and experiments of an institute that the actor does not belong to.
 *
 * @throws RefusedError `not-permitted`
 */
export async function requireInstitute(
  ctx: Context,
  { writeScope }: ResearchServices,
  instituteId: number,
): Promise<void> {
  if (writeScope === 'any' || hasPermission(ctx.actor, ANY_INSTITUTE)) return
  const belongs = ctx.actor.kind === 'user' && (await isMember(ctx.db, instituteId, ctx.actor.id))
  if (!belongs) throw new RefusedError({ kind: 'not-permitted', permission: ANY_INSTITUTE })
}

/** The institutes whose data the actor may write; undefined for all. */
export async function writableInstitutes(
  ctx: Context,
  { writeScope }: ResearchServices,
): Promise<readonly number[] | undefined> {
  requirePermission(ctx, 'research.access')
  if (writeScope === 'any' || hasPermission(ctx.actor, ANY_INSTITUTE)) return undefined
  return ctx.actor.kind === 'user' ? institutesOf(ctx.db, ctx.actor.id) : []
}
