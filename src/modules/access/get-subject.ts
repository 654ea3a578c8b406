import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { requireNothingLacking } from './change-limits.ts'
import type { Account } from './domain/account.ts'
import { lacksToActOn } from './domain/escalation.ts'
import { loadAccount } from './store/accounts.ts'

/**
 * The user that a verb is about: oneself, or someone else with the permission and within what one may do oneself.
 *
 * @throws RefusedError `not-found`; `not-permitted`, also where it would be an escalation
 */
export async function getSubject(ctx: Context, userId: number, permission: string): Promise<Account> {
  const isOneself = ctx.actor.kind === 'user' && ctx.actor.id === userId
  if (!isOneself) requirePermission(ctx, permission)
  const account = await loadAccount(ctx.db, userId)
  if (!account) throw new RefusedError({ kind: 'not-found', what: 'user', id: userId })
  requireNothingLacking(lacksToActOn(ctx.actor, account.actor))
  return account
}
