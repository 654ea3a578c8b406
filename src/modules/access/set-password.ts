import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { requireManagingCredential } from './acting-as.ts'
import type { Account } from './domain/account.ts'
import { describePasswordProblems, passwordProblems } from './domain/password-policy.ts'
import { endEverythingIssued } from './end-session.ts'
import { getSubject } from './get-subject.ts'
import { saveLinksUsedOf } from './store/links.ts'
import { savePasswordHash } from './store/passwords.ts'

/** Gives somebody one may act on a new password: for administrators and the command line. Ends all that was issued. */
export async function setPassword(
  ctx: Context,
  access: Access,
  given: { readonly userId: number; readonly password: string },
): Promise<void> {
  requireManagingCredential(ctx)
  const account = await getSubject(ctx, given.userId, 'access.user.change')
  // whoever only holds a session must show the old password: see change-password.ts
  if (ctx.actor.kind === 'user' && ctx.actor.id === given.userId) {
    throw new RefusedError({ kind: 'conflict', reason: 'Change your own password by giving the old one.' })
  }
  requireGoodPassword(access, given.password, account, 'password')
  const hash = await access.passwords.hash(given.password)
  await inTransaction(ctx, async (tx) => {
    await savePasswordHash(tx.db, account.id, hash, tx.now())
    await saveLinksUsedOf(tx.db, account.id, tx.now())
    await endEverythingIssued(tx, account.id)
    await recordAudit(tx, { action: 'access.user.set-password', record: 'access.user', recordId: account.id })
  })
}

/** @throws RefusedError `invalid-input` with everything that is wrong with the password */
export function requireGoodPassword(
  access: Access,
  password: string,
  owner: Pick<Account, 'username' | 'firstName' | 'lastName' | 'email'>,
  field: string,
): void {
  const policy = access.settings.passwordPolicy
  const personal = [owner.username, owner.firstName, owner.lastName, owner.email ?? '']
  const problems = passwordProblems(password, personal, policy)
  if (problems.length === 0) return
  throw new RefusedError({
    kind: 'invalid-input',
    problems: describePasswordProblems(field, problems, policy),
  })
}
