import type { PassFail } from './pass-fail.ts'

/** What reviewers say of a result; a site may define its own. */
export type ResultStatus = {
  readonly name: string
  readonly slug: string
  readonly description: string
  /** Exactly one status is the default. */
  readonly isDefault: boolean
  readonly requiresReview: boolean
  readonly exportByDefault: boolean
  /** A session with a result that is not valid does not count as done. */
  readonly valid: boolean
  /** `rgba(r,g,b,a)` */
  readonly colour: string
}

/** The statuses a new site starts with. */
export const SHIPPED_STATUSES: readonly ResultStatus[] = [
  {
    name: 'Unreviewed',
    slug: 'unreviewed',
    description: 'Not reviewed yet',
    isDefault: true,
    requiresReview: true,
    exportByDefault: true,
    valid: true,
    colour: 'rgba(243,156,18,1)',
  },
  {
    name: 'Approved',
    slug: 'approved',
    description: 'Reviewed and accepted',
    isDefault: false,
    requiresReview: false,
    exportByDefault: true,
    valid: true,
    colour: 'rgba(0,166,90,1)',
  },
  {
    name: 'Rejected',
    slug: 'rejected',
    description: 'Reviewed and found invalid',
    isDefault: false,
    requiresReview: false,
    exportByDefault: false,
    valid: false,
    colour: 'rgba(221,75,57,1)',
  },
]

type Reviewable = Pick<ResultStatus, 'requiresReview'>

/** Whether no result of a session needs a review any more. */
export function isAllReviewed(statuses: readonly Reviewable[]): boolean {
  return statuses.every(({ requiresReview }) => !requiresReview)
}

/** Whether a session counts as done: none of its results is invalid. */
export function isValidSession(statuses: readonly Pick<ResultStatus, 'valid'>[]): boolean {
  return statuses.every(({ valid }) => valid)
}

/** Whether a session waits in the queue of the unreviewed. */
export function awaitsReview(session: {
  readonly inProgress: boolean
  readonly allReviewed: boolean
}): boolean {
  return !session.inProgress && !session.allReviewed
}

type Defaultable = { readonly id: number; readonly isDefault: boolean }

/**
 * The id of the default status after one was saved: the saved one if it is marked or if there was none, otherwise the
 * one there was.
 */
export function defaultStatusId(others: readonly Defaultable[], saved: Defaultable): number {
  const previous = others.find(({ id, isDefault }) => isDefault && id !== saved.id)
  return saved.isDefault || previous === undefined ? saved.id : previous.id
}

/** Which status an automatic review gives to a result that passed or failed. */
export type AutoReviewRules<Status> = Readonly<Partial<Record<PassFail, Status>>>

export type StatusFacts<Status> = {
  /** Chosen by the person who submits; switches automatic review off. */
  readonly explicit: Status | null
  readonly default: Status
  /** Null for a test without a rule set. */
  readonly rules: AutoReviewRules<Status> | null
  readonly passFail: PassFail
  readonly skipped: boolean
  /** Whether the result or its session carries a comment: somebody has to read it. */
  readonly hasComment: boolean
}

/** The status of a new or edited result, and whether automatic review gave it (which sets its date of review). */
export function statusOfResult<Status>(facts: StatusFacts<Status>): {
  readonly status: Status
  readonly isAutoReviewed: boolean
} {
  if (facts.explicit !== null) return { status: facts.explicit, isAutoReviewed: false }
  const mayReview = facts.skipped || !facts.hasComment
  const reviewed = mayReview ? facts.rules?.[facts.passFail] : undefined
  return { status: reviewed ?? facts.default, isAutoReviewed: reviewed !== undefined }
}

/** Why somebody may not review a session; undefined if they may. */
export function ownReviewProblem(facts: {
  readonly isOwn: boolean
  readonly mayReviewOwn: boolean
}): string | undefined {
  if (!facts.isOwn || facts.mayReviewOwn) return undefined
  return 'You do not have the required permission to review your own tests.'
}
