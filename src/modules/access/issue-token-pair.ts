import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { requireManagingCredential, requireUser } from './acting-as.ts'
import type { JwtFamily } from './domain/jwt-family.ts'
import { findAccount } from './find-account.ts'
import { signJwt } from './json-web-token.ts'

/** Two JWTs, in the order in which they are documented. */
export type TokenPair = { readonly refresh: string; readonly access: string }

/** Issues a pair of JWTs to the acting user, who has just given a password. Nothing of it is kept. */
export async function issueTokenPair(ctx: Context, access: Access, family: JwtFamily): Promise<TokenPair> {
  requireManagingCredential(ctx)
  const account = await findAccount(ctx, access, requireUser(ctx).id)
  if (!account?.isActive) throw new RefusedError({ kind: 'not-authenticated' })
  const [refresh, accessToken] = await Promise.all([
    signJwt(ctx, access, account, family, 'refresh'),
    signJwt(ctx, access, account, family, 'access'),
  ])
  await inTransaction(ctx, (tx) =>
    recordAudit(tx, {
      action: 'access.jwt.issue',
      record: 'access.user',
      recordId: account.id,
      after: { family },
    }),
  )
  return { refresh, access: accessToken }
}
