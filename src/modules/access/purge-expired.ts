import { type Context, inTransaction } from '../../context.ts'
import { LOGIN_WINDOW_MS } from './domain/login-limits.ts'
import { deleteLinksExpiredBefore } from './store/links.ts'
import { deleteLoginFailuresBefore } from './store/login-failures.ts'
import { deleteSessionsExpiredBefore } from './store/sessions.ts'

const DAY_MS = 86_400_000

/** Removes what can no longer be used: for an hourly job. */
export async function purgeExpired(ctx: Context): Promise<void> {
  const now = ctx.now().getTime()
  await inTransaction(ctx, async (tx) => {
    await deleteSessionsExpiredBefore(tx.db, new Date(now))
    await deleteLinksExpiredBefore(tx.db, new Date(now - 30 * DAY_MS))
    await deleteLoginFailuresBefore(tx.db, new Date(now - 10 * LOGIN_WINDOW_MS))
  })
}
