import type { Context } from '../../context.ts'
import type { Access } from './access.ts'
import type { Account } from './domain/account.ts'
import { loadAccount } from './store/accounts.ts'
import { findEpoch } from './store/epoch.ts'

/**
 * A user with everything it may do, active or not: every credential leads here. Remembered until anything changes
 * what anybody may do, on whichever server, so that it usually costs the reading of one number.
 *
 * @param epoch the epoch of permissions, where the caller has just read it
 */
export async function findAccount(
  ctx: Context,
  access: Access,
  userId: number,
  epoch?: number,
): Promise<Account | undefined> {
  // what a transaction has changed may still be undone, and is nobody else's to see
  if (ctx.inTransaction) return loadAccount(ctx.db, userId)
  const current = epoch ?? (await findEpoch(ctx.db))
  const known = access.memory.accounts.get(userId)
  if (known?.epoch === current) return known.account
  const account = await loadAccount(ctx.db, userId)
  if (account) access.memory.accounts.set(userId, { epoch: current, account })
  return account
}
