import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireManagingCredential } from './acting-as.ts'
import { getSubject } from './get-subject.ts'
import { type ApiKey, findApiKeyOf, saveApiKeyDeleted, saveApiKeyRevoked } from './store/api-keys.ts'

/** A key of a user, by the number that lists show or by its prefix. */
export type ApiKeyName = { readonly number: number } | { readonly prefix: string }

/** Makes a key useless; it stays in the list, and whoever presents it learns that it was revoked. */
export async function revokeApiKey(ctx: Context, userId: number, name: ApiKeyName): Promise<void> {
  await endKey(ctx, userId, name, 'revoke')
}

/** Makes a key useless and forgets it: it leaves the list and is unknown to whoever presents it. */
export async function deleteApiKey(ctx: Context, userId: number, name: ApiKeyName): Promise<void> {
  await endKey(ctx, userId, name, 'delete')
}

async function endKey(
  ctx: Context,
  userId: number,
  name: ApiKeyName,
  end: 'revoke' | 'delete',
): Promise<void> {
  requireManagingCredential(ctx)
  await inTransaction(ctx, async (tx) => {
    await getSubject(tx, userId, 'access.token.manage')
    const key = await getKey(tx, userId, name)
    const save = end === 'revoke' ? saveApiKeyRevoked : saveApiKeyDeleted
    if (!(await save(tx.db, key.id, tx.now()))) return
    await recordAudit(tx, {
      action: `access.api-key.${end}`,
      record: 'access.user',
      recordId: userId,
      before: { number: key.number, name: key.name, prefix: key.prefix },
    })
  })
}

async function getKey(tx: Context, userId: number, name: ApiKeyName): Promise<ApiKey> {
  const key = await findApiKeyOf(tx.db, userId, name)
  if (key) return key
  throw new RefusedError({
    kind: 'not-found',
    what: 'API key',
    id: 'number' in name ? name.number : name.prefix,
  })
}
