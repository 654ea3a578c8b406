import type { Context } from '../../context.ts'
import { getSubject } from './get-subject.ts'
import { findTokensOf, type Token } from './store/tokens.ts'

/** Tokens of oneself, or of somebody one may act on, that were not revoked, the latest first. Never the secrets. */
export async function listTokens(ctx: Context, userId: number): Promise<readonly Token[]> {
  await getSubject(ctx, userId, 'access.token.manage')
  return findTokensOf(ctx.db, userId)
}
