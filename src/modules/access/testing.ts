import { makeContext } from '../../../tests/support/make-context.ts'
import type { Context } from '../../context.ts'
import type { CredentialKind } from '../../core/actor.ts'
import { createInstanceKeys } from '../../platform/crypto/instance-keys.ts'
import { createPasswordHashing, type PasswordHashing } from '../../platform/crypto/password-hash.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { type Access, type AccessSettings, openAccess, type SendMail } from './access.ts'
import { actingAs } from './acting-as.ts'
import { createUser, type NewUser } from './create-user.ts'
import { DEFAULT_LOGIN_LIMITS } from './domain/login-limits.ts'
import { PASSWORD_POLICY } from './domain/password-policy.ts'
import { ACCESS_HOOKS } from './hooks.ts'
import { ACCESS_RECORDS } from './records.ts'
import { loadAccount } from './store/accounts.ts'
import { findEpoch } from './store/epoch.ts'
import { createAccess } from './store/migrations/0001-access.ts'
import { parseAddressList } from './trusted-addresses.ts'

export const ACCESS_TEST_MIGRATIONS = [createAudit, createAccess]

/** Far too cheap for anything but tests. */
export const QUICK_PASSWORDS: PasswordHashing = createPasswordHashing({ memoryKib: 64, passes: 1, lanes: 1 })

const MINUTE_MS = 60_000

/** What the verbs need, as one server of an installation has it; all of a test share one instance secret. */
export function makeAccess(
  parts: {
    readonly settings?: Partial<AccessSettings>
    readonly passwords?: PasswordHashing
    readonly sendMail?: SendMail
  } = {},
): Access {
  return openAccess({
    settings: {
      publicUrl: 'https://lab.example.org',
      session: { totalMs: 600 * MINUTE_MS, idleMs: 60 * MINUTE_MS },
      loginLimits: DEFAULT_LOGIN_LIMITS,
      trustedAddresses: parseAddressList([]),
      passwordPolicy: PASSWORD_POLICY,
      ...parts.settings,
    },
    keys: createInstanceKeys(Buffer.alloc(32, 1)),
    passwords: parts.passwords ?? QUICK_PASSWORDS,
    sendMail: parts.sendMail,
  })
}

/** A clock that moves only when it is told to. */
export type FakeClock = { readonly now: () => Date; advance(ms: number): void }

export function makeClock(start = '2026-11-21T07:42:00.000Z'): FakeClock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
}

/** The operator's context with the records and hooks of this module. */
export function makeAccessContext(database: DatabaseHandle, parts: Partial<Context> = {}): Context {
  return makeContext(database, { records: ACCESS_RECORDS, recordHooks: ACCESS_HOOKS, ...parts })
}

let usersMade = 0

/** A user with a name nobody else has; any password goes. */
export async function makeUser(ctx: Context, access: Access, parts: Partial<NewUser> = {}): Promise<number> {
  usersMade += 1
  const { id } = await createUser(
    ctx,
    access,
    { username: `user-${usersMade}`, ...parts },
    { password: 'unchecked' },
  )
  return id
}

/** The same context as that user, signed in. */
export async function asUser(
  ctx: Context,
  userId: number,
  credential: CredentialKind = 'session',
): Promise<Context> {
  const account = await loadAccount(ctx.db, userId)
  if (!account) throw new Error(`there is no user ${userId}`)
  return actingAs(ctx, account.actor, credential)
}

/** Opens the connections that work at the same time needs, so that it really happens at the same time. */
export async function warmUp({ db }: DatabaseHandle): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, () => findEpoch(db)))
}
