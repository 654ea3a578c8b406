import { type Context, inTransaction } from '../../context.ts'
import { hashWithKey } from '../../platform/crypto/hash-secret.ts'
import { fold } from '../../platform/database/fold.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import type { Account } from './domain/account.ts'
import { addressBlock } from './domain/address-block.ts'
import { LOGIN_WINDOW_MS, loginDelayS } from './domain/login-limits.ts'
import { findAccount } from './find-account.ts'
import {
  findCandidateByEmail,
  findCandidateByUsername,
  type SignInCandidate,
  saveLastLogin,
} from './store/accounts.ts'
import {
  deleteLoginFailuresBefore,
  findLoginFailures,
  insertLoginFailure,
  type LoginSubject,
} from './store/login-failures.ts'
import { replacePasswordHash } from './store/passwords.ts'
import { isListedAddress } from './trusted-addresses.ts'

export type PasswordLogin = {
  /** what `name` is; `either` takes a user name first */
  readonly by: 'username' | 'email' | 'either'
  readonly name: string
  readonly password: string
}

export type PasswordAnswer =
  | { readonly kind: 'accepted'; readonly account: Account }
  /** wrong password, unknown name, no password yet or inactive: nobody is told which */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'limited'; readonly retryAfterS: number }

/** Longer names belong to nobody. */
const LONGEST_NAME = 254

/**
 * Checks a name and a password. Only failures count against the limits, per account and per address of the caller;
 * they are kept in the database, so that several servers count together.
 */
export async function authenticatePassword(
  ctx: Context,
  access: Access,
  login: PasswordLogin,
): Promise<PasswordAnswer> {
  const name = login.name.slice(0, LONGEST_NAME + 1)
  if (!isStorable(name) || name.length > LONGEST_NAME) return rejectUnread(access)
  const candidate = await findCandidate(ctx, login.by, name)
  const subject = subjectOf(ctx, access, name, candidate)
  const check = () => checkWithinLimits(ctx, access, login.password, candidate, subject)
  const { turns } = access.memory
  // One at a time per account and per address: otherwise many tries at once would all be counted too late.
  const answer = await turns.take(`account ${candidate?.userId ?? subject.nameHash}`, () =>
    subject.address === null ? check() : turns.take(`address ${subject.address}`, check),
  )
  return answer ?? { kind: 'limited', retryAfterS: 1 }
}

/** Text that no database takes cannot be anybody's name. */
function isStorable(name: string): boolean {
  return name.isWellFormed() && !name.includes('\0')
}

async function rejectUnread(access: Access): Promise<PasswordAnswer> {
  await access.passwords.verify(await access.passwords.decoy(), '')
  return { kind: 'rejected' }
}

async function findCandidate(
  ctx: Context,
  by: PasswordLogin['by'],
  name: string,
): Promise<SignInCandidate | undefined> {
  if (by === 'email') return findCandidateByEmail(ctx.db, name)
  const named = await findCandidateByUsername(ctx.db, name)
  return named ?? (by === 'either' && name.includes('@') ? findCandidateByEmail(ctx.db, name) : undefined)
}

function subjectOf(
  ctx: Context,
  access: Access,
  name: string,
  candidate: SignInCandidate | undefined,
): LoginSubject {
  const { address } = ctx.origin
  return {
    nameHash: hashWithKey(access.keys.derive('login-failures'), fold(name)).slice(0, 32),
    userId: candidate?.userId ?? null,
    address: address === undefined ? null : addressBlock(address),
  }
}

async function checkWithinLimits(
  ctx: Context,
  access: Access,
  password: string,
  candidate: SignInCandidate | undefined,
  subject: LoginSubject,
): Promise<PasswordAnswer> {
  const isTrusted = isListedAddress(access.settings.trustedAddresses, ctx.origin.address)
  const retryAfterS = isTrusted ? 0 : await delayOf(ctx, access, subject)
  if (retryAfterS > 0) return { kind: 'limited', retryAfterS }

  const stored = candidate?.hash ?? (await access.passwords.decoy())
  const matches = await access.passwords.verify(stored, password)
  if (!matches || !candidate?.isActive || candidate.hash === undefined) {
    await keepFailure(ctx, subject, isTrusted)
    return { kind: 'rejected' }
  }
  await keepSuccess(ctx, access, candidate.userId, candidate.hash, password)
  const account = await findAccount(ctx, access, candidate.userId)
  return account?.isActive ? { kind: 'accepted', account } : { kind: 'rejected' }
}

async function delayOf(ctx: Context, access: Access, subject: LoginSubject): Promise<number> {
  const now = ctx.now()
  const failures = await findLoginFailures(ctx.db, subject, new Date(now.getTime() - LOGIN_WINDOW_MS))
  return loginDelayS(failures, access.settings.loginLimits, now)
}

async function keepFailure(ctx: Context, subject: LoginSubject, isTrusted: boolean): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (!isTrusted) {
      await insertLoginFailure(tx.db, subject, tx.now())
      await deleteLoginFailuresBefore(tx.db, new Date(tx.now().getTime() - 10 * LOGIN_WINDOW_MS))
    }
    // Names that belong to nobody stay out of the trail: they may be passwords in the wrong field.
    if (subject.userId === null) return
    await recordAudit(tx, {
      action: 'access.user.reject-password',
      record: 'access.user',
      recordId: subject.userId,
    })
  })
}

async function keepSuccess(
  ctx: Context,
  access: Access,
  userId: number,
  stored: string,
  password: string,
): Promise<void> {
  const better = access.passwords.isOutdated(stored) ? await access.passwords.hash(password) : undefined
  await inTransaction(ctx, async (tx) => {
    if (better !== undefined) await replacePasswordHash(tx.db, userId, stored, better)
    await saveLastLogin(tx.db, userId, tx.now())
  })
}
