import { type Context, requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import type { ListedTest } from '../domain/listed-test.ts'
import { TEST_TYPES } from '../domain/test-type.ts'
import { bringsValue, enteredComment, isEnteredAsSkipped, type Performance } from './performance.ts'
import type { SessionChanges } from './submission.ts'
import { requireVisible, requireVisibleForChange } from './visible-assignment.ts'

/** What the clock of a browser may be ahead. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/**
 * What the performing page demands besides what a script must fulfil (specification 4.1), and permissions that only
 * people need: problems of tests stand under `tests.<macro>`, those of times under their field.
 *
 * @throws RefusedError `not-permitted`, `not-found` for an assignment that the person does not see, `invalid-input`
 *   with every problem at once
 */
export async function requireFormRules(
  ctx: Context,
  performance: Performance,
  sent: Pick<SessionChanges, 'inProgress' | 'statusId' | 'workCompleted'>,
): Promise<void> {
  if (sent.inProgress) requirePermission(ctx, 'machine-qa.session.save-in-progress')
  if (sent.statusId !== undefined) requirePermission(ctx, 'machine-qa.session.review')
  if (sent.workCompleted) requirePermission(ctx, 'machine-qa.session.override-date')
  const requireOnWorkList = performance.sessionId === undefined ? requireVisible : requireVisibleForChange
  await requireOnWorkList(ctx, performance.assignment)
  const maySkip = hasPermission(ctx.actor, 'machine-qa.session.skip-without-comment')
  const problems = [
    ...timeProblems(performance, ctx.now()),
    ...performance.tests.flatMap((listed) =>
      testProblems(performance, listed, maySkip).map((problem) => ({
        field: `tests.${listed.test.macro}`,
        problem,
      })),
    ),
  ]
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
}

function timeProblems({ workStarted, workCompleted }: Performance, now: Date): FieldProblem[] {
  const field = 'workStarted'
  if (workStarted.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    return [{ field, problem: 'Work started date/time can not be in the future' }]
  }
  if (workStarted > workCompleted) {
    return [{ field, problem: 'Work started date/time can not be after work completed date/time' }]
  }
  return []
}

function testProblems(performance: Performance, { test }: ListedTest, maySkip: boolean): string[] {
  const { macro, type, wrapLow, wrapHigh } = test
  const skipped = isEnteredAsSkipped(performance, macro)
  const comment = enteredComment(performance, macro)
  const hasValue = isFilled(performance, macro)
  const problems: string[] = []
  if (skipped && comment === '' && !maySkip && !test.skipWithoutComment) {
    problems.push('Please add comment when skipping')
  }
  if (!performance.inProgress && test.requireComment && comment === '') {
    problems.push('This test requires a comment before submission.')
  }
  if (!TEST_TYPES[type].offersSkip) return problems
  if (skipped && hasValue) problems.push('Clear value if skipping')
  if (!skipped && !hasValue && !performance.inProgress) problems.push('Value required if not skipping')
  const value = performance.submitted.get(macro)?.value
  const isOutside =
    type === 'wraparound' &&
    typeof value === 'number' &&
    ((wrapLow !== null && value < wrapLow) || (wrapHigh !== null && value > wrapHigh))
  if (isOutside) problems.push(`Value for this test must be in range ${wrapLow} to ${wrapHigh}`)
  return problems
}

/** Whether the test has a value: one that is sent, or the one that stands there. */
function isFilled({ submitted, before }: Performance, macro: string): boolean {
  const sent = submitted.get(macro)
  if (sent && bringsValue(sent)) {
    return sent.attachmentId !== undefined || sent.filename !== undefined || !isEmpty(sent.value)
  }
  if (sent?.skipped === true) return false
  const kept = before.get(macro)?.result
  return (
    kept !== undefined &&
    (kept.value !== null || kept.stringValue !== '' || kept.dateValue !== null || kept.datetimeValue !== null)
  )
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
