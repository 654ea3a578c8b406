import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { type FieldProblem, RefusedError } from '../../core/refusal.ts'
import { hashSecret } from '../../platform/crypto/hash-secret.ts'
import { randomHex } from '../../platform/crypto/random-token.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { requireManagingCredential } from './acting-as.ts'
import { getSubject } from './get-subject.ts'
import { insertToken } from './store/tokens.ts'

export type NewNamedToken = {
  readonly userId: number
  /** what it is for, as its owner will recognise it */
  readonly name: string
  readonly expiresAt?: Date | undefined
}

/**
 * Makes a further token of a user. It is shown this once and acts as the user, with all that the user may do.
 */
export async function createToken(
  ctx: Context,
  given: NewNamedToken,
): Promise<{ readonly tokenId: number; readonly token: string }> {
  requireManagingCredential(ctx)
  const name = given.name.trim()
  requireNameAndExpiry(name, 100, given.expiresAt, ctx.now())
  return inTransaction(ctx, async (tx) => {
    await getSubject(tx, given.userId, 'access.token.manage')
    const token = randomHex(40)
    const tokenId = await insertToken(tx.db, {
      userId: given.userId,
      name,
      secretHash: hashSecret(token),
      createdAt: tx.now(),
      createdById: actingUserId(tx.actor),
      expiresAt: given.expiresAt ?? null,
    })
    await recordAudit(tx, {
      action: 'access.token.add',
      record: 'access.user',
      recordId: given.userId,
      after: { tokenId, name, expiresAt: given.expiresAt ?? null },
    })
    return { tokenId, token }
  })
}

/** @throws RefusedError `invalid-input` for an empty or long name and an expiry that has passed */
export function requireNameAndExpiry(
  name: string,
  longest: number,
  expiresAt: Date | undefined,
  now: Date,
): void {
  const problems: FieldProblem[] = []
  if (name === '') problems.push({ field: 'name', problem: 'This may not be empty.' })
  if ([...name].length > longest) {
    problems.push({ field: 'name', problem: `Ensure this field has no more than ${longest} characters.` })
  }
  if (expiresAt !== undefined && !(expiresAt.getTime() > now.getTime())) {
    problems.push({ field: 'expiresAt', problem: 'This must be in the future.' })
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
}
