import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { insertComment, type SessionComment } from './store/comments.ts'
import { findSession } from './store/sessions.ts'

const LONGEST_COMMENT = 100_000

/** Adds to the comments on a session, voided ones included: why it was voided may need discussion. */
export async function commentSession(ctx: Context, id: number, text: string): Promise<SessionComment> {
  requirePermission(ctx, 'machine-qa.session.view-completed')
  const comment = text.trim()
  if (comment === '') throw invalidInput('comment', 'This is required.')
  if (comment.length > LONGEST_COMMENT) {
    throw invalidInput('comment', `This may have ${LONGEST_COMMENT} characters at most.`)
  }
  return inTransaction(ctx, async (tx) => {
    if (!(await findSession(tx.db, id))) throw new RefusedError({ kind: 'not-found', what: 'session', id })
    const stored = await insertComment(tx.db, {
      sessionId: id,
      userId: actingUserId(tx.actor),
      submitDate: tx.now(),
      comment,
    })
    await recordAudit(tx, {
      action: 'machine-qa.session.comment',
      record: 'machine-qa.session',
      recordId: id,
      after: { comment },
    })
    return stored
  })
}
