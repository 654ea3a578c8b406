import type { Context } from '../../context.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { randomUrlToken } from '../../platform/crypto/random-token.ts'
import type { Access } from './access.ts'
import { type Account, fullNameOf } from './domain/account.ts'
import { insertLink, type LinkPurpose } from './store/links.ts'

const HOUR_MS = 3_600_000

/** How long each kind of link can be used. */
export const LINK_LIFETIME_MS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  'password-reset': HOUR_MS,
  'set-up': 7 * 24 * HOUR_MS,
}

/** Makes a single-use link; its secret stands behind `#`, so that no server on the way logs it. */
export async function makeLink(
  tx: Context,
  access: Access,
  purpose: LinkPurpose,
  userId: number | null,
): Promise<string> {
  const secret = randomUrlToken()
  const createdAt = tx.now()
  const expiresAt = new Date(createdAt.getTime() + LINK_LIFETIME_MS[purpose])
  await insertLink(tx.db, { secretHash: hashSecret(secret), purpose, userId, createdAt, expiresAt })
  const page = purpose === 'set-up' ? 'set-up' : 'choose-password'
  return `${access.settings.publicUrl}/app/${page}#${secret}`
}

/** The mail that brings a link. */
export function linkMail(
  purpose: 'invitation' | 'password-reset',
  account: Account,
  to: string,
  link: string,
): { readonly to: string; readonly subject: string; readonly text: string } {
  const greeting = `Dear ${fullNameOf(account)},`
  const name = `Your user name is ${account.username}.`
  if (purpose === 'invitation') {
    const lines = [
      greeting,
      '',
      'an account was made for you. Choose your password within seven days:',
      '',
      link,
      '',
      name,
    ]
    return { to, subject: 'Your account', text: `${lines.join('\n')}\n` }
  }
  const lines = [
    greeting,
    '',
    'somebody asked for a new password for your account. If it was you, choose it within an hour:',
    '',
    link,
    '',
    name,
    'If it was not you, nothing has changed and there is nothing to do.',
  ]
  return { to, subject: 'Choose a new password', text: `${lines.join('\n')}\n` }
}
