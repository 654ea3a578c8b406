import { type Context, inTransaction } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { randomAlphanumeric } from '../../platform/crypto/random-token.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireManagingCredential } from './acting-as.ts'
import { requireNameAndExpiry } from './create-token.ts'
import { API_KEY_PATTERN } from './domain/authorization-header.ts'
import { getSubject } from './get-subject.ts'
import { takeApiKeyNumber } from './store/accounts.ts'
import { insertApiKey } from './store/api-keys.ts'

export type CreatedApiKey = {
  /** counted per developer from 1 */
  readonly number: number
  readonly name: string
  readonly prefix: string
  /** `<prefix>.<secret>`, shown this once */
  readonly key: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

export type NewKey = { readonly userId: number; readonly name: string; readonly expiresAt?: Date | undefined }

const LONGEST_NAME = 50

/** Makes an API key of a user. It grants what the user may do with DICOM, and nothing else. */
export async function createApiKey(ctx: Context, given: NewKey): Promise<CreatedApiKey> {
  requireManagingCredential(ctx)
  requireNameAndExpiry(given.name, LONGEST_NAME, given.expiresAt, ctx.now())
  return inTransaction(ctx, async (tx) => {
    await getSubject(tx, given.userId, 'access.token.manage')
    return storeApiKey(tx, given, `${randomAlphanumeric(8)}.${randomAlphanumeric(32)}`)
  })
}

/** Stores a given key, for imports and demonstrations. @throws RefusedError `invalid-input` if it has another form */
export async function storeApiKey(tx: Context, given: NewKey, key: string): Promise<CreatedApiKey> {
  const [, prefix, secret] = API_KEY_PATTERN.exec(key) ?? []
  if (prefix === undefined || secret === undefined)
    throw invalidInput('key', 'This is not written like an API key.')
  const number = await takeApiKeyNumber(tx.db, given.userId)
  const stored = { number, name: given.name, prefix, createdAt: tx.now(), expiresAt: given.expiresAt ?? null }
  await insertApiKey(tx.db, { ...stored, userId: given.userId, secretHash: hashSecret(secret) })
  await recordAudit(tx, {
    action: 'access.api-key.add',
    record: 'access.user',
    recordId: given.userId,
    after: stored,
  })
  return { ...stored, key }
}
