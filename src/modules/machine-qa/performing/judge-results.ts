import { judge } from '../domain/judge.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import { type AutoReviewRules, statusOfResult } from '../domain/result-status.ts'
import type { NewResult } from '../domain/session-result.ts'
import type { SessionEntry } from '../domain/submission.ts'
import { NO_VALUE } from '../domain/test-result.ts'
import type { AutoReviewLine, Status } from '../store/statuses.ts'
import type { Calculated } from './calculate-session.ts'
import type { StatusFacts } from './gather-facts.ts'
import { bringsValue, type Performance } from './performance.ts'
import { refuseForLackOfStatus } from './refusals.ts'

/** How results get their statuses. */
export type Review = StatusFacts & {
  /** chosen by whoever submits; switches automatic review off */
  readonly statusId: number | undefined
  readonly sessionHasComment: boolean
  readonly now: Date
}

/** The status that was chosen, or the default one. @throws RefusedError when there is neither */
export function appliedStatus({ statuses, statusId }: Pick<Review, 'statuses' | 'statusId'>): Status {
  const status = statuses.find(({ id, isDefault, retired }) =>
    statusId === undefined ? isDefault && !retired : id === statusId,
  )
  if (!status) throw refuseForLackOfStatus()
  return status
}

/** The results of a session: values in their columns, judged, with the status that review rules give. */
export function judgeResults(
  performance: Performance,
  entries: ReadonlyMap<string, SessionEntry>,
  { skips }: Calculated,
  review: Review,
): NewResult[] {
  const applied = appliedStatus(review)
  const rules = rulesBySet(review.autoReview)
  return performance.tests.map((listed, place) => {
    const { test, reference, tolerance } = listed
    const { macro } = test
    const entry = entries.get(macro) ?? NOTHING_ENTERED
    const skipped = Object.hasOwn(skips, macro) ? skips[macro] === true : entry.skipped
    const passFail = judge({
      test,
      result: entry.result,
      skipped,
      inProgress: performance.inProgress,
      reference,
      tolerance: tolerance?.tolerance ?? null,
    })
    const { status, isAutoReviewed } = statusOfResult({
      explicit: review.statusId === undefined ? null : applied.id,
      default: applied.id,
      rules: test.ruleSetId === null ? null : (rules.get(test.ruleSetId) ?? null),
      passFail,
      skipped,
      hasComment: entry.comment !== '' || review.sessionHasComment,
    })
    return {
      order: performance.before.get(macro)?.order ?? place,
      test,
      unitTestInfoId: listed.unitTestInfoId,
      reference,
      tolerance,
      result: entry.result,
      valueText: typedText(performance, macro, entry),
      skipped,
      comment: entry.comment,
      passFail,
      statusId: status,
      reviewDate: isAutoReviewed ? review.now : null,
      reviewedById: null,
    }
  })
}

const NOTHING_ENTERED: SessionEntry = { result: NO_VALUE, skipped: false, comment: '' }

/** The number as it was typed, as long as it is the number that is stored. */
function typedText(
  { submitted, before }: Performance,
  macro: string,
  { result }: SessionEntry,
): string | null {
  const sent = submitted.get(macro)
  const text = sent && bringsValue(sent) ? sent.valueText : before.get(macro)?.valueText
  if (text === undefined || text === null || text.trim() === '' || result.value === null) return null
  return Number(text) === result.value ? text.trim() : null
}

function rulesBySet(lines: readonly AutoReviewLine[]): ReadonlyMap<number, AutoReviewRules<number>> {
  const bySet = Map.groupBy(lines, ({ ruleSetId }) => ruleSetId)
  return new Map(
    [...bySet].map(([id, members]) => [
      id,
      Object.fromEntries(members.map(({ passFail, statusId }): [PassFail, number] => [passFail, statusId])),
    ]),
  )
}
