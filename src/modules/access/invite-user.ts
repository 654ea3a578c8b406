import { type Context, inTransaction } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { requireManagingCredential } from './acting-as.ts'
import { createUser, type NewUser } from './create-user.ts'
import type { Account } from './domain/account.ts'
import { getSubject } from './get-subject.ts'
import { linkMail, makeLink } from './send-link.ts'
import { saveLinksUsedOf } from './store/links.ts'

export type Invitation =
  | { readonly kind: 'mailed'; readonly userId: number; readonly to: string }
  /** no mail can be sent: whoever invites passes the link on */
  | { readonly kind: 'to-pass-on'; readonly userId: number; readonly link: string }

/** Makes a user and invites the person to choose a password. */
export async function inviteUser(
  ctx: Context,
  access: Access,
  given: Omit<NewUser, 'password'>,
): Promise<Invitation> {
  requireManagingCredential(ctx)
  if (access.sendMail && !given.email) throw invalidInput('email', 'An invitation needs an address.')
  const made = await inTransaction(ctx, async (tx) => {
    const { id } = await createUser(tx, access, given)
    return inviteTo(tx, access, await getSubject(tx, id, 'access.user.add'))
  })
  return deliver(access, made)
}

/** Invites an existing user again, or for the first time; earlier links stop working. */
export async function inviteAgain(ctx: Context, access: Access, userId: number): Promise<Invitation> {
  requireManagingCredential(ctx)
  const made = await inTransaction(ctx, async (tx) =>
    inviteTo(tx, access, await getSubject(tx, userId, 'access.user.change')),
  )
  return deliver(access, made)
}

type MadeInvitation = { readonly account: Account; readonly link: string }

async function inviteTo(tx: Context, access: Access, account: Account): Promise<MadeInvitation> {
  await saveLinksUsedOf(tx.db, account.id, tx.now())
  const link = await makeLink(tx, access, 'invitation', account.id)
  await recordAudit(tx, { action: 'access.user.invite', record: 'access.user', recordId: account.id })
  return { account, link }
}

/** Only once the transaction is committed: a mail cannot be taken back. */
async function deliver(access: Access, { account, link }: MadeInvitation): Promise<Invitation> {
  if (!access.sendMail || account.email === null) return { kind: 'to-pass-on', userId: account.id, link }
  await access.sendMail(linkMail('invitation', account, account.email, link))
  return { kind: 'mailed', userId: account.id, to: account.email }
}
