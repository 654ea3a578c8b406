import { type Context, requirePermission } from '../../../context.ts'
import { actingUserId, hasPermission } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { findReviewQueue, type QueuedSession, type QueueQuery } from '../store/review-queue.ts'

export type QueueRequest = Partial<Omit<QueueQuery, 'notBy'>> & {
  /** `reviewable` leaves out one's own sessions where one may not review them */
  readonly own?: 'included' | 'reviewable'
}

export type QueueItem = QueuedSession & {
  /** false for one's own session without the permission to review those */
  readonly mayReview: boolean
}

export type ReviewQueue = {
  readonly items: readonly QueueItem[]
  /** of what is shown */
  readonly total: number
  readonly waiting: number
  readonly passed: number
  readonly differences: number
}

const MOST_AT_ONCE = 500
const USUAL = 50

/**
 * Completed sessions that wait for a review, those that need eyes first; of assignments that one's groups see, or of all
 * with the permission for it.
 */
export async function reviewQueue(ctx: Context, request: QueueRequest = {}): Promise<ReviewQueue> {
  requirePermission(ctx, 'machine-qa.session.review')
  const {
    own = 'included',
    show = 'all',
    order = 'differences',
    limit = USUAL,
    offset = 0,
    ...filters
  } = request
  requireWithin('limit', limit, 1, MOST_AT_ONCE)
  requireWithin('offset', offset, 0, 1_000_000)
  const { actor } = ctx
  const userId = actingUserId(actor)
  const mayReviewOwn = hasPermission(actor, 'machine-qa.session.review-own')
  const seesAll = actor.kind === 'system' || hasPermission(actor, 'machine-qa.session.review-not-visible')
  const groupIds = seesAll || actor.kind !== 'user' ? 'all' : actor.groupIds
  const hidesOwn = own === 'reviewable' && !mayReviewOwn && userId !== null
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const query = { ...filters, show, order, limit, offset, ...(hidesOwn ? { notBy: userId } : {}) }
  const found = await findReviewQueue(db, query, groupIds)
  const total = show === 'all' ? found.waiting : found[show]
  return {
    ...found,
    total,
    items: found.items.map((item) => ({
      ...item,
      mayReview: mayReviewOwn || userId === null || item.performedById !== userId,
    })),
  }
}

function requireWithin(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalidInput(field, `This must be a whole number from ${least} to ${most}.`)
}
