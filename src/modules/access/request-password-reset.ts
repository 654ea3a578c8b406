import { type Context, inTransaction } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { linkMail, makeLink } from './send-link.ts'
import { findCandidateByEmail, loadAccount } from './store/accounts.ts'
import { countLinksSince } from './store/links.ts'

const HOUR_MS = 3_600_000
const MOST_PER_HOUR = 3

/**
 * Sends a link for choosing a new password to an address, if it belongs to an active user. Whoever asks is told
 * nothing about that. More than three links an hour are not sent to the same user.
 */
export async function requestPasswordReset(ctx: Context, access: Access, email: string): Promise<void> {
  const { sendMail } = access
  if (!sendMail || !email.isWellFormed() || email.includes('\0')) return
  const candidate = await findCandidateByEmail(ctx.db, email)
  if (!candidate?.isActive) return
  const mail = await inTransaction(ctx, async (tx) => {
    const since = new Date(tx.now().getTime() - HOUR_MS)
    if ((await countLinksSince(tx.db, candidate.userId, since)) >= MOST_PER_HOUR) return undefined
    const account = await loadAccount(tx.db, candidate.userId)
    if (!account?.email) return undefined
    const link = await makeLink(tx, access, 'password-reset', account.id)
    await recordAudit(tx, {
      action: 'access.user.request-reset',
      record: 'access.user',
      recordId: account.id,
    })
    // to the address as it is stored, not as somebody wrote it
    return linkMail('password-reset', account, account.email, link)
  })
  if (mail) await sendMail(mail)
}
