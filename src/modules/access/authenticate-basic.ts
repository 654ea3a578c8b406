import type { Context } from '../../context.ts'
import { hashWithKey } from '../../platform/crypto/hash-secret.ts'
import type { Access } from './access.ts'
import { authenticatePassword, type PasswordAnswer } from './authenticate-password.ts'
import type { Account } from './domain/account.ts'
import { findAccount } from './find-account.ts'

const REMEMBERED_MS = 300_000

/**
 * Checks a name and a password that come with every request, by HTTP Basic or among the parameters. Good ones are
 * remembered for five minutes under an HMAC, unless the password changes, so that not every request costs a hash.
 */
export async function authenticateBasic(
  ctx: Context,
  access: Access,
  given: { readonly username: string; readonly password: string },
): Promise<PasswordAnswer> {
  const { basic } = access.memory
  const proof = hashWithKey(access.keys.derive('basic'), JSON.stringify([given.username, given.password]))
  const known = basic.get(proof)
  if (known && ctx.now().getTime() - known.verifiedAt.getTime() < REMEMBERED_MS) {
    const account = await findAccount(ctx, access, known.userId)
    if (account && stillCounts(account, given.username, known.verifiedAt))
      return { kind: 'accepted', account }
  }
  basic.delete(proof)
  const verifiedAt = ctx.now()
  const answer = await authenticatePassword(ctx, access, {
    by: 'username',
    name: given.username,
    password: given.password,
  })
  if (answer.kind === 'accepted') basic.set(proof, { userId: answer.account.id, verifiedAt })
  return answer
}

function stillCounts(account: Account, username: string, verifiedAt: Date): boolean {
  const { isActive, credentialsValidFrom } = account
  const isUnchanged = credentialsValidFrom === null || credentialsValidFrom < verifiedAt
  return isActive && isUnchanged && account.username === username
}
