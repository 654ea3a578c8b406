import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { randomHex } from '../../platform/crypto/random-token.ts'
import { openSecret, sealSecret } from '../../platform/crypto/seal-secret.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Access } from './access.ts'
import { requireManagingCredential, requireUser } from './acting-as.ts'
import { getSubject } from './get-subject.ts'
import { findShownAgainToken, insertShownAgainToken } from './store/tokens.ts'

/**
 * The one token of a user that is the same at every asking: 40 hexadecimal digits in lower case.
 *
 * @param userId the acting user unless given
 */
export async function getOrCreateToken(ctx: Context, access: Access, userId?: number): Promise<string> {
  requireManagingCredential(ctx)
  const owner = userId ?? requireUser(ctx).id
  await getSubject(ctx, owner, 'access.token.manage')
  const known = await reveal(ctx, access, owner)
  if (known !== undefined) return known
  return inTransaction(ctx, async (tx) => {
    // of two that ask at once both get the token of the one that was quicker
    await storeShownAgainToken(tx, access, owner, randomHex(40))
    const token = await reveal(tx, access, owner)
    if (token === undefined) throw new Error('the token that was just stored is missing')
    return token
  })
}

/**
 * Stores a given token as the one of its user, for imports; another one that the user has already stays.
 *
 * @returns whether it was stored
 */
export async function storeShownAgainToken(
  tx: Context,
  access: Access,
  userId: number,
  token: string,
): Promise<boolean> {
  const stored = await insertShownAgainToken(
    tx.db,
    {
      userId,
      name: 'API token',
      secretHash: hashSecret(token),
      createdAt: tx.now(),
      createdById: actingUserId(tx.actor),
      expiresAt: null,
    },
    sealSecret(access.keys, token, purposeOf(userId)),
  )
  if (stored) await recordAudit(tx, { action: 'access.token.add', record: 'access.user', recordId: userId })
  return stored
}

async function reveal(ctx: Context, access: Access, userId: number): Promise<string | undefined> {
  const known = await findShownAgainToken(ctx.db, userId)
  return known?.sealed == null ? undefined : openSecret(access.keys, known.sealed, purposeOf(userId))
}

function purposeOf(userId: number): string {
  return `access.token:${userId}`
}
