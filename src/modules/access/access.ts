import type { BlockList } from 'node:net'
import type { InstanceKeys } from '../../platform/crypto/instance-keys.ts'
import type { PasswordHashing } from '../../platform/crypto/password-hash.ts'
import { type BoundedMap, boundedMap } from './bounded-map.ts'
import type { Account } from './domain/account.ts'
import type { LoginLimits } from './domain/login-limits.ts'
import type { PasswordPolicy } from './domain/password-policy.ts'
import { type TurnTaking, turnTaking } from './turn-taking.ts'

/** How long sessions last: from their start, and without a request. */
export type SessionLifetime = { readonly totalMs: number; readonly idleMs: number | null }

/** Hands a mail to whoever sends it. It should only queue the mail, so that its time tells nothing. */
export type SendMail = (mail: {
  readonly to: string
  readonly subject: string
  readonly text: string
}) => Promise<void>

/** What an administrator of the server decides. */
export type AccessSettings = {
  /** where people reach the server, without a slash at its end; the only source of links in mails */
  readonly publicUrl: string
  readonly session: SessionLifetime
  readonly loginLimits: LoginLimits
  /** addresses that are never locked out */
  readonly trustedAddresses: BlockList
  readonly passwordPolicy: PasswordPolicy
}

/** What the verbs of this module need besides the context; made once at start. */
export type Access = {
  readonly settings: AccessSettings
  readonly keys: InstanceKeys
  readonly passwords: PasswordHashing
  /** absent where no mail can be sent */
  readonly sendMail: SendMail | undefined
  readonly memory: AccessMemory
}

/** What this process remembers to be quick; losing it, or having several processes, changes no answer. */
export type AccessMemory = {
  /** by user id; valid under the epoch of permissions at which it was read */
  readonly accounts: BoundedMap<number, { readonly epoch: number; readonly account: Account }>
  /** by keyed hash of name and password: log-ins by HTTP Basic that were good */
  readonly basic: BoundedMap<string, { readonly userId: number; readonly verifiedAt: Date }>
  /** lets the log-ins of one account, or from one address, be checked one after the other */
  readonly turns: TurnTaking
}

export function openAccess(given: Omit<Access, 'memory'>): Access {
  return { ...given, memory: { accounts: boundedMap(5000), basic: boundedMap(5000), turns: turnTaking(100) } }
}
