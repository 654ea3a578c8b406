import type { Context } from '../../context.ts'
import { getSubject } from './get-subject.ts'
import { type ApiKey, findApiKeysOf } from './store/api-keys.ts'

/** Keys of oneself, or of somebody one may act on, revoked ones included, the newest first. Never the secrets. */
export async function listApiKeys(ctx: Context, userId: number): Promise<readonly ApiKey[]> {
  await getSubject(ctx, userId, 'access.token.manage')
  return findApiKeysOf(ctx.db, userId)
}
