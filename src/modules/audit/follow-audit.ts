import { type Context, inTransaction } from '../../context.ts'
import type { FollowedEntry } from './domain/followed-entry.ts'
import { findChainEnd } from './store/audit-entries.ts'
import { findFollowed, insertFollower, lockFollower, saveFollower } from './store/followers.ts'

const BATCH = 200

/**
 * Hands over what was recorded since the last call, in the order of the chain: each entry once, whatever is killed
 * when and however many servers ask, since the place in the chain moves on in the transaction that deals with the
 * entries. The first call begins with what happens from then on.
 *
 * @param name of who follows
 * @param actions those that are wanted
 * @returns how many entries were handed over
 */
export async function followAudit(
  ctx: Context,
  name: string,
  actions: readonly string[],
  handle: (tx: Context, entries: readonly FollowedEntry[]) => Promise<void>,
): Promise<number> {
  let handed = 0
  for (;;) {
    const count = await followSome(ctx, name, actions, handle)
    handed += count
    if (count < BATCH) return handed
  }
}

function followSome(
  ctx: Context,
  name: string,
  actions: readonly string[],
  handle: (tx: Context, entries: readonly FollowedEntry[]) => Promise<void>,
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const follower = await lockFollower(tx.db, name)
    if (!follower) {
      await insertFollower(tx.db, name)
      return 0
    }
    // read first: what is sealed meanwhile is for the next call
    const end = (await findChainEnd(tx.db))?.position ?? 0
    const entries = (await findFollowed(tx.db, follower, actions, BATCH)).filter(
      ({ position }) => position <= end,
    )
    if (entries.length > 0) await handle(tx, entries)
    const reached = entries.length === BATCH ? (entries.at(-1)?.position ?? end) : end
    if (reached > follower.position) await saveFollower(tx.db, name, reached)
    return entries.length
  })
}
