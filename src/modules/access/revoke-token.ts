import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireManagingCredential } from './acting-as.ts'
import { getSubject } from './get-subject.ts'
import { findTokenById, saveTokenRevoked } from './store/tokens.ts'

/**
 * Makes a token of oneself, or of somebody one may act on, useless. If it is the one that is shown again, the next
 * asking gives a new one. One that was revoked already is no failure.
 */
export async function revokeToken(ctx: Context, tokenId: number): Promise<void> {
  requireManagingCredential(ctx)
  await inTransaction(ctx, async (tx) => {
    const token = await findTokenById(tx.db, tokenId)
    if (!token) throw new RefusedError({ kind: 'not-found', what: 'token', id: tokenId })
    await getSubject(tx, token.userId, 'access.token.manage')
    if (!(await saveTokenRevoked(tx.db, tokenId, tx.now()))) return
    await recordAudit(tx, {
      action: 'access.token.revoke',
      record: 'access.user',
      recordId: token.userId,
      before: { tokenId, name: token.name },
    })
  })
}
