import { type Context, inTransaction } from '../../context.ts'
import { invalidInput, type RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { actingAs } from './acting-as.ts'
import type { Account } from './domain/account.ts'
import { endEverythingIssued } from './end-session.ts'
import { requireGoodPassword } from './set-password.ts'
import { loadAccount } from './store/accounts.ts'
import { findLivingLink, type Link, type LinkPurpose, saveLinksUsedOf, saveLinkUsed } from './store/links.ts'
import { savePasswordHash } from './store/passwords.ts'

/** What the page behind a link shows before anything is done. */
export type LinkStanding = {
  readonly purpose: LinkPurpose
  readonly username: string | null
  readonly expiresAt: Date
}

/** What a link is for; undefined for one that is unknown, used or expired. */
export async function inspectLink(ctx: Context, secret: string): Promise<LinkStanding | undefined> {
  const link = await findLivingLink(ctx.db, hashSecret(secret), ctx.now())
  if (!link) return undefined
  const account = link.userId === null ? undefined : await loadAccount(ctx.db, link.userId)
  return { purpose: link.purpose, username: account?.username ?? null, expiresAt: link.expiresAt }
}

/**
 * Chooses a password by the link of an invitation or a reset, which then works no more; ends all that was issued.
 *
 * @returns the account, so that the caller can sign it in
 * @throws RefusedError `invalid-input` for a link that does not work and for a bad password
 */
export async function choosePassword(
  ctx: Context,
  access: Access,
  given: { readonly secret: string; readonly password: string },
): Promise<Account> {
  const { account } = await getLinkOfUser(ctx, given.secret)
  requireGoodPassword(access, given.password, account, 'password')
  const hash = await access.passwords.hash(given.password)
  return inTransaction(ctx, async (tx) => {
    const found = await getLinkOfUser(tx, given.secret)
    if (!(await saveLinkUsed(tx.db, found.link.id, tx.now()))) throw deadLink()
    await saveLinksUsedOf(tx.db, account.id, tx.now())
    await savePasswordHash(tx.db, account.id, hash, tx.now())
    await endEverythingIssued(tx, account.id)
    const asOwner = actingAs(tx, found.account.actor, 'none')
    await recordAudit(asOwner, {
      action: 'access.user.choose-password',
      record: 'access.user',
      recordId: account.id,
    })
    return found.account
  })
}

async function getLinkOfUser(
  ctx: Context,
  secret: string,
): Promise<{ readonly link: Link; readonly account: Account }> {
  const link = await findLivingLink(ctx.db, hashSecret(secret), ctx.now())
  if (link?.userId == null) throw deadLink()
  const account = await loadAccount(ctx.db, link.userId)
  if (!account?.isActive) throw deadLink()
  return { link, account }
}

/** The refusal of a link that is unknown, used or expired, or whose user is inactive. */
export function deadLink(): RefusedError {
  return invalidInput('secret', 'This link does not work any more. Ask for a new one.')
}
