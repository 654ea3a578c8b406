import { isFlagged } from '../../modules/machine-qa/domain/flagging.ts'
import type { ImportedResult, ImportedSession } from '../../modules/machine-qa/domain/imported-session.ts'
import { judge } from '../../modules/machine-qa/domain/judge.ts'
import type { HeldReference, HeldTolerance } from '../../modules/machine-qa/domain/listed-test.ts'
import { NO_VALUE } from '../../modules/machine-qa/domain/test-result.ts'
import type { DemoTest } from './demo-test.ts'
import { type Measured, type Measuring, measure } from './measure.ts'
import type { DemoComparisons } from './seed-references.ts'

/** Ids of the shipped statuses. */
export type DemoStatuses = Readonly<Record<'unreviewed' | 'approved' | 'rejected', number>>

/** What is performed: a list on a unit, by somebody. */
export type Performing = Measuring & {
  readonly assignmentId: number
  readonly testListId: number
  readonly day: number
  readonly unitId: number
  /** in the order of performing */
  readonly tests: readonly DemoTest[]
  readonly minutes: number
  readonly performerId: number
  readonly inProgress: boolean
  readonly comment: string | null
}

/** How a session was reviewed; nobody did when `by` is null. */
export type Reviewing = {
  readonly by: number | null
  readonly at: Date
  readonly as: 'approved' | 'rejected'
}

type Judged = Measured & {
  readonly test: DemoTest
  readonly passFail: ImportedResult['passFail']
  readonly infoId: number
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
  readonly comment: string
}

/** Makes up a session whose results are judged by the rules of the product. */
export function madeUpSession(
  performing: Performing,
  comparisons: DemoComparisons,
  statuses: DemoStatuses,
  review: (needsReview: boolean) => Reviewing,
): ImportedSession {
  const judged = measureAll(performing, comparisons)
  const isAutomatic = ({ test, passFail, comment }: Judged) =>
    test.autoReviewed === true &&
    !performing.inProgress &&
    performing.comment === null &&
    comment === '' &&
    (passFail === 'ok' || passFail === 'no_tol')
  const needsReview = !judged.every(isAutomatic)
  const { by, at, as } = review(needsReview)
  const isReviewed = by !== null && needsReview && !performing.inProgress
  const results = judged.map((one, order): ImportedResult => {
    const automatic = isAutomatic(one)
    const isManual = isReviewed && (!automatic || as === 'rejected')
    return {
      ...stateOf(one),
      order,
      statusId: isManual ? statuses[as] : automatic ? statuses.approved : statuses.unreviewed,
      reviewDate: isManual ? at : automatic ? performing.completed : null,
      reviewedById: isManual ? by : null,
    }
  })
  const { completed, performerId, inProgress } = performing
  return {
    assignmentId: performing.assignmentId,
    testListId: performing.testListId,
    day: performing.day,
    workStarted: new Date(completed.getTime() - performing.minutes * 60_000),
    workCompleted: completed,
    dueDate: null,
    inProgress,
    flagged:
      !inProgress &&
      isFlagged(
        judged.map(({ test, result, skipped }) => ({
          type: test.type,
          flagWhen: test.flagWhen ?? null,
          value: result.value,
          skipped,
        })),
      ),
    userKey: null,
    includeForScheduling: true,
    reviewed: isReviewed ? at : null,
    reviewedById: isReviewed ? by : null,
    allReviewed: !inProgress && (isReviewed || !needsReview),
    createdAt: completed,
    createdById: performerId,
    modifiedAt: isReviewed ? at : completed,
    modifiedById: isReviewed ? by : performerId,
    results,
    comment: performing.comment,
  }
}

type Unreviewed = Omit<ImportedResult, 'order' | 'statusId' | 'reviewDate' | 'reviewedById'>

function stateOf({
  test,
  infoId,
  reference,
  tolerance,
  result,
  skipped,
  comment,
  passFail,
}: Judged): Unreviewed {
  return {
    unitTestInfoId: infoId,
    referenceId: reference?.id ?? null,
    toleranceId: tolerance?.id ?? null,
    result,
    valueText: test.type === 'simple' && result.value !== null ? String(result.value) : null,
    skipped,
    comment,
    passFail,
  }
}

function measureAll(performing: Performing, comparisons: DemoComparisons): Judged[] {
  const values: Record<string, number> = {}
  const texts: Record<string, string> = {}
  const { tests, inProgress, unitId, completed } = performing
  const finished = inProgress ? Math.ceil(tests.length / 2) : tests.length
  return tests.map((test, order) => {
    const isDone = order < finished
    const measured = isDone ? measure(test, performing, values, texts) : { result: NO_VALUE, skipped: false }
    const { infoId, reference, tolerance } = comparisons.at(unitId, test.macro, completed)
    const { type, wrapLow = null, wrapHigh = null } = test
    const passFail = judge({
      test: { type, wrapLow, wrapHigh, hidden: false },
      ...measured,
      inProgress,
      reference,
      tolerance: tolerance?.tolerance ?? null,
    })
    const comment = test.requireComment === true && isDone ? 'See the service report.' : ''
    return { ...measured, test, passFail, infoId, reference, tolerance, comment }
  })
}
