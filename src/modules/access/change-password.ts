import { type Context, inTransaction } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { requireManagingCredential, requireUser } from './acting-as.ts'
import { authenticatePassword } from './authenticate-password.ts'
import { endEverythingIssued } from './end-session.ts'
import { requireGoodPassword } from './set-password.ts'
import { saveLinksUsedOf } from './store/links.ts'
import { savePasswordHash } from './store/passwords.ts'

/**
 * Changes the acting user's own password and ends everything else that was issued to that user.
 *
 * @param given.keepSessionId the session in which it is done, which goes on
 * @throws RefusedError `invalid-input` for a wrong old or a bad new password; `too-many-attempts`
 */
export async function changePassword(
  ctx: Context,
  access: Access,
  given: {
    readonly oldPassword: string
    readonly newPassword: string
    readonly keepSessionId?: number | undefined
  },
): Promise<void> {
  requireManagingCredential(ctx)
  const { username } = requireUser(ctx)
  const answer = await authenticatePassword(ctx, access, {
    by: 'username',
    name: username,
    password: given.oldPassword,
  })
  if (answer.kind === 'limited') {
    throw new RefusedError({ kind: 'too-many-attempts', retryAfterS: answer.retryAfterS })
  }
  if (answer.kind === 'rejected') throw invalidInput('oldPassword', 'This is not your password.')
  requireGoodPassword(access, given.newPassword, answer.account, 'newPassword')
  if (given.newPassword === given.oldPassword) throw invalidInput('newPassword', 'This is the old password.')
  const hash = await access.passwords.hash(given.newPassword)
  const userId = answer.account.id
  await inTransaction(ctx, async (tx) => {
    await savePasswordHash(tx.db, userId, hash, tx.now())
    await saveLinksUsedOf(tx.db, userId, tx.now())
    await endEverythingIssued(tx, userId, given.keepSessionId)
    await recordAudit(tx, { action: 'access.user.change-password', record: 'access.user', recordId: userId })
  })
}
