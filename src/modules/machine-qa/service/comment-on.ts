import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { ownerExists } from '../store/attachments.ts'
import { type CommentOwner, insertOwnedComment, type OwnedComment } from '../store/comments.ts'

const LONGEST_COMMENT = 100_000

const PERMISSIONS = {
  serviceEvent: 'machine-qa.service-event.view',
  fault: 'machine-qa.fault.view',
} as const

const RECORDS = { serviceEvent: 'machine-qa.service-event', fault: 'machine-qa.fault' } as const

/** Adds to the comments on a service event or a fault: whoever may see it may say something about it. */
export async function commentOn(ctx: Context, owner: CommentOwner, text: string): Promise<OwnedComment> {
  requirePermission(ctx, PERMISSIONS[owner.kind])
  return inTransaction(ctx, async (tx) => {
    if (!(await ownerExists(tx.db, owner.kind, owner.id)))
      throw new RefusedError({ kind: 'not-found', what: RECORDS[owner.kind], id: owner.id })
    return addOwnedComment(tx, owner, text)
  })
}

/** As {@link commentOn}, in the transaction of a verb that asked for its own permission. */
export async function addOwnedComment(tx: Context, owner: CommentOwner, text: string): Promise<OwnedComment> {
  const comment = text.trim()
  if (comment === '') throw invalidInput('comment', 'This is required.')
  if (comment.length > LONGEST_COMMENT)
    throw invalidInput('comment', `This may have ${LONGEST_COMMENT} characters at most.`)
  const userId = actingUserId(tx.actor)
  const stored = await insertOwnedComment(tx.db, owner, { userId, submitDate: tx.now(), comment })
  await recordAudit(tx, {
    action: `${RECORDS[owner.kind]}.comment`,
    record: RECORDS[owner.kind],
    recordId: owner.id,
    after: { comment },
  })
  return stored
}
