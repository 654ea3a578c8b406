import { type Actor, actingUserId } from '../../../core/actor.ts'
import { isFlagged } from '../domain/flagging.ts'
import { isAllReviewed } from '../domain/result-status.ts'
import type { NewSession } from '../domain/session.ts'
import type { NewResult } from '../domain/session-result.ts'
import { completionToStore } from '../domain/session-times.ts'
import { appliedStatus, type Review } from './judge-results.ts'
import type { Performance } from './performance.ts'

/** What of a session follows from its results, be it new or changed. */
export type DecidedSession = Pick<
  NewSession,
  | 'workStarted'
  | 'workCompleted'
  | 'inProgress'
  | 'flagged'
  | 'reviewed'
  | 'reviewedById'
  | 'allReviewed'
  | 'modifiedAt'
  | 'modifiedById'
>

/**
 * A session counts as reviewed by whoever submits it when the status applied to it needs no review; automatic review
 * of every result sets no reviewer (specification 2.6).
 */
export function decideSession(
  actor: Actor,
  performance: Performance,
  results: readonly NewResult[],
  review: Review,
): DecidedSession {
  const userId = actingUserId(actor)
  const { requiresReview } = appliedStatus(review)
  const statuses = new Map(review.statuses.map((status) => [status.id, status]))
  return {
    workStarted: performance.workStarted,
    workCompleted: completionToStore(performance),
    inProgress: performance.inProgress,
    flagged:
      !performance.inProgress &&
      isFlagged(
        results.map(({ test, result, skipped }) => ({
          type: test.type,
          flagWhen: test.flagWhen,
          value: result.value,
          skipped,
        })),
      ),
    reviewed: requiresReview ? null : review.now,
    reviewedById: requiresReview ? null : userId,
    allReviewed: isAllReviewed(results.flatMap(({ statusId }) => statuses.get(statusId) ?? [])),
    modifiedAt: review.now,
    modifiedById: userId,
  }
}
