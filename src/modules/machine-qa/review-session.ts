import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId, hasPermission } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { isAllReviewed, ownReviewProblem } from './domain/result-status.ts'
import type { Session } from './domain/session.ts'
import type { SessionResult } from './domain/session-result.ts'
import { getLivingSession } from './performing/find-living-session.ts'
import { reschedule } from './performing/reschedule.ts'
import { auditedSession } from './performing/session-audit.ts'
import { changedMeanwhile } from './performing/store-changed-session.ts'
import { seesAssignment } from './performing/visible-assignment.ts'
import { followSession } from './service/follow-session.ts'
import { lockAssignmentState } from './store/assignments.ts'
import { findResults, saveReview } from './store/results.ts'
import { updateSession } from './store/sessions.ts'
import { findStatuses } from './store/statuses.ts'

/** What a reviewer decides: one status for every result, or one each for some, by result id. */
export type SessionReview = {
  readonly statuses: number | ReadonlyMap<number, number>
  /** the version of the session that was looked at */
  readonly version?: number
}

/**
 * Gives results of a session their statuses. As long as a status demands review the session stays in the queue; as
 * soon as one is invalid it does not count as done, so the assignment may be due again.
 *
 * @throws RefusedError `conflict` for a session in progress or one that changed meanwhile; `not-permitted` for one's
 *   own; `not-found` for one of an assignment that the reviewer does not see
 */
export async function reviewSession(ctx: Context, id: number, review: SessionReview): Promise<Session> {
  requirePermission(ctx, 'machine-qa.session.review')
  return inTransaction(ctx, async (tx) => {
    const { session, assignment } = await getLivingSession(tx, id)
    await requireReviewable(tx, session, review)
    const results = await findResults(tx.db, [id])
    const chosen = await chosenStatuses(tx, results, review.statuses)
    const state = await lockAssignmentState(tx.db, assignment.id)
    const at = tx.now()
    const userId = actingUserId(tx.actor)
    for (const [statusId, ids] of byStatus(chosen)) await saveReview(tx.db, ids, { statusId, at, userId })
    const after = results.map((result) => ({ ...result, statusId: chosen.get(result.id) ?? result.statusId }))
    const statuses = new Map((await findStatuses(tx.db)).map((status) => [status.id, status]))
    const reviewed: Session = {
      ...session,
      reviewed: at,
      reviewedById: userId,
      allReviewed: isAllReviewed(after.flatMap(({ statusId }) => statuses.get(statusId) ?? [])),
      modifiedAt: at,
      modifiedById: userId,
    }
    if (!(await updateSession(tx.db, reviewed))) throw changedMeanwhile()
    await reschedule(tx, assignment, state.dueDate)
    await followSession(tx, session, reviewed)
    await recordAudit(tx, {
      action: 'machine-qa.session.review',
      record: 'machine-qa.session',
      recordId: id,
      before: auditedSession(session, results),
      after: auditedSession(reviewed, after),
    })
    return { ...reviewed, version: session.version + 1 }
  })
}

const MOST_AT_ONCE = 500

/**
 * Reviews several sessions, all or none.
 *
 * @param reviews by session id: one status for all its results, or all that {@link reviewSession} takes
 * @throws RefusedError as `reviewSession`; a conflict names its session
 */
export async function reviewSessions(
  ctx: Context,
  reviews: ReadonlyMap<number, number | SessionReview>,
): Promise<readonly Session[]> {
  requirePermission(ctx, 'machine-qa.session.review')
  if (reviews.size > MOST_AT_ONCE) throw invalidInput('sessions', `Review ${MOST_AT_ONCE} at once at most.`)
  return inTransaction(ctx, async (tx) => {
    const reviewed: Session[] = []
    // always in the same order, so that two reviewers at once do not wait for one another
    for (const [id, review] of [...reviews].toSorted(([a], [b]) => a - b)) {
      const given = typeof review === 'number' ? { statuses: review } : review
      reviewed.push(await reviewSession(tx, id, given).catch((error: unknown) => nameSession(error, id)))
    }
    return reviewed
  })
}

/** Among many sessions a conflict has to say which one it is about. */
function nameSession(error: unknown, id: number): never {
  if (error instanceof RefusedError && error.refusal.kind === 'conflict') {
    throw new RefusedError({ ...error.refusal, reason: `Session ${id}: ${error.refusal.reason}` })
  }
  throw error
}

async function requireReviewable(ctx: Context, session: Session, { version }: SessionReview): Promise<void> {
  const { id, assignmentId, createdById, inProgress } = session
  const seesAll = hasPermission(ctx.actor, 'machine-qa.session.review-not-visible')
  if (!seesAll && !(await seesAssignment(ctx, assignmentId))) {
    throw new RefusedError({ kind: 'not-found', what: 'session', id })
  }
  const userId = actingUserId(ctx.actor)
  const mayReviewOwn = hasPermission(ctx.actor, 'machine-qa.session.review-own')
  if (ownReviewProblem({ isOwn: userId !== null && createdById === userId, mayReviewOwn })) {
    throw new RefusedError({ kind: 'not-permitted', permission: 'machine-qa.session.review-own' })
  }
  if (inProgress) {
    throw new RefusedError({ kind: 'conflict', reason: 'A session in progress cannot be reviewed.' })
  }
  if (version !== undefined && version !== session.version) throw changedMeanwhile()
}

/** The status of each result that gets one, by result id. */
async function chosenStatuses(
  tx: Context,
  results: readonly SessionResult[],
  statuses: SessionReview['statuses'],
): Promise<ReadonlyMap<number, number>> {
  const chosen = typeof statuses === 'number' ? new Map(results.map(({ id }) => [id, statuses])) : statuses
  const usable = new Set((await findStatuses(tx.db)).filter(({ retired }) => !retired).map(({ id }) => id))
  for (const [resultId, statusId] of chosen) {
    if (!usable.has(statusId)) throw invalidInput('status', `There is no status ${statusId}.`)
    if (!results.some(({ id }) => id === resultId)) {
      throw invalidInput('statuses', `Result ${resultId} does not belong to this session.`)
    }
  }
  return chosen
}

function byStatus(chosen: ReadonlyMap<number, number>): ReadonlyMap<number, readonly number[]> {
  const groups = Map.groupBy(chosen, ([, statusId]) => statusId)
  return new Map([...groups].map(([statusId, members]) => [statusId, members.map(([id]) => id)]))
}
