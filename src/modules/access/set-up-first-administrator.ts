import { asSystem, type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import type { Access } from './access.ts'
import { deadLink } from './choose-password.ts'
import { createUser } from './create-user.ts'
import type { UserRow } from './records/user.ts'
import { makeLink } from './send-link.ts'
import { countActiveAdministrators } from './store/accounts.ts'
import { raiseEpoch } from './store/epoch.ts'
import { findLivingLink, saveLinksUsedOf } from './store/links.ts'

/**
 * The link by which the first administrator is made, for the operator's eyes at start; undefined once there is an
 * active administrator. Each call makes a new link, and earlier ones stop working.
 */
export async function makeSetUpLink(ctx: Context, access: Access): Promise<string | undefined> {
  if (ctx.actor.kind !== 'system')
    throw new RefusedError({ kind: 'not-permitted', permission: 'access.set-up' })
  return inTransaction(ctx, async (tx) => {
    if ((await countActiveAdministrators(tx.db)) > 0) return undefined
    await saveLinksUsedOf(tx.db, null, tx.now())
    return makeLink(tx, access, 'set-up', null)
  })
}

/**
 * Makes the first administrator by the link that {@link makeSetUpLink} gave.
 *
 * @throws RefusedError `invalid-input` for a link that does not work, also because there is an administrator by now
 */
export async function setUpFirstAdministrator(
  ctx: Context,
  access: Access,
  given: {
    readonly secret: string
    readonly username: string
    readonly password: string
    readonly firstName?: string
    readonly lastName?: string
    readonly email?: string | null
  },
): Promise<UserRow> {
  const { secret, ...user } = given
  return inTransaction(asSystem(ctx, 'set-up'), async (tx) => {
    // of two that use the link at once the second waits here and finds an administrator
    await raiseEpoch(tx.db)
    const link = await findLivingLink(tx.db, hashSecret(secret), tx.now())
    if (link?.purpose !== 'set-up' || (await countActiveAdministrators(tx.db)) > 0) throw deadLink()
    await saveLinksUsedOf(tx.db, null, tx.now())
    return createUser(tx, access, { ...user, isAdministrator: true })
  })
}
