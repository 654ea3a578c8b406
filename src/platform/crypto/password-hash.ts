import { hash, parseOptions, verify } from '@node-rs/argon2'
import { isDjangoHash, verifyDjangoPassword } from './django-password.ts'
import { randomHex } from './random-token.ts'

/** What one argon2id computation costs. */
export type PasswordCost = {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
export const OWASP_COST: PasswordCost = { memoryKib: 19_456, passes: 2, lanes: 1 }

/** Longer input is refused unread, so that nobody makes the server hash megabytes. */
export const LONGEST_PASSWORD = 1024

/** Turns passwords into hashes and checks them; both run outside the event loop. */
export type PasswordHashing = {
  hash(password: string): Promise<string>
  /** false also for a hash of an unknown kind and for a password that is too long */
  verify(stored: string, password: string): Promise<boolean>
  /** Whether the hash should be replaced by one of the present kind and cost, now that the password is at hand. */
  isOutdated(stored: string): boolean
  /** A hash that no password matches, to be checked where there is no account so that this takes as long. */
  decoy(): Promise<string>
}

export function createPasswordHashing(cost: PasswordCost): PasswordHashing {
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: cost.lanes }
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => hash(password, options),
    verify: verifyPassword,
    isOutdated: (stored) => {
      if (!stored.startsWith('$argon2id$')) return true
      const used = parseOptions(stored)
      return used.memoryCost < cost.memoryKib || used.timeCost < cost.passes
    },
    decoy: () => {
      decoy ??= hash(randomHex(64), options)
      return decoy
    },
  }
}

/** Whether a stored text is a hash that {@link PasswordHashing} can check: for importers. */
export function isPasswordHash(stored: string): boolean {
  return isArgon2Hash(stored) || isDjangoHash(stored)
}

async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const length = password.length
  if (length > LONGEST_PASSWORD) return false
  if (isArgon2Hash(stored)) return verify(stored, password)
  return verifyDjangoPassword(stored, password)
}

function isArgon2Hash(stored: string): boolean {
  return /^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{11,88}\$[A-Za-z0-9+/]{16,128}$/.test(
    stored,
  )
}
