import { requirePermission } from '../../context.ts'
import { calculateSession } from './performing/calculate-session.ts'
import { decideSession } from './performing/decided-session.ts'
import { requireFormRules } from './performing/form-rules.ts'
import { gatherFacts, type PerformingFacts } from './performing/gather-facts.ts'
import { judgeResults } from './performing/judge-results.ts'
import type { Performance } from './performing/performance.ts'
import type { PerformedSession } from './performing/performed-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { readPerformance, requireConstants } from './performing/read-performance.ts'
import { storeNewSession } from './performing/store-new-session.ts'
import { storeFiles, storeTestFiles } from './performing/stored-files.ts'
import {
  type EntryManner,
  receivedFiles,
  requireShallowValues,
  type SessionSubmission,
} from './performing/submission.ts'

/**
 * Stores a performed test list: values read and calculated, judged by the unit's references and tolerances of now,
 * with statuses and automatic review, files, comment; the assignment is due again accordingly.
 *
 * Nothing is calculated while the database is being written, and nothing of a refused submission stays.
 *
 * @param manner `script` unless given
 * @throws RefusedError `invalid-input` with the texts of specification 2.3, or of 4.1 for a form; `conflict` on
 *   `user_key` for one that is taken, and with `NO_STATUS_AVAILABLE`
 */
export async function createSession(
  ctx: PerformingContext,
  submission: SessionSubmission,
  manner: EntryManner = 'script',
): Promise<PerformedSession> {
  requirePermission(ctx, 'machine-qa.session.perform')
  requireShallowValues(submission.tests)
  const facts = await gatherFacts(ctx, submission)
  const performance = performanceOf(ctx, submission, facts, manner)
  if (manner === 'form') await requireFormRules(ctx, performance, submission)
  requireConstants(performance)
  const calculated = await calculateSession(ctx, performance)
  const entries = readPerformance(performance, calculated, ctx.zone)
  const { statuses, autoReview, assignment, list } = facts
  const comment = submission.comment ?? ''
  const review = {
    statuses,
    autoReview,
    statusId: submission.statusId,
    sessionHasComment: comment !== '',
    now: ctx.now(),
  }
  const results = judgeResults(performance, entries, calculated, review)
  const decided = decideSession(ctx.actor, performance, results, review)
  return storeNewSession(ctx, {
    assignment,
    session: {
      ...decided,
      assignmentId: assignment.id,
      testListId: list.testListId,
      day: list.day,
      dueDate: assignment.dueDate,
      userKey: submission.userKey || null,
      includeForScheduling: submission.includeForScheduling ?? true,
      createdAt: decided.modifiedAt,
      createdById: decided.modifiedById,
    },
    results,
    testFiles: await storeTestFiles(ctx, calculated),
    sessionFiles: await storeFiles(ctx, receivedFiles(submission.attachments)),
    comment,
    returnToServiceId: submission.returnToServiceId,
    manner,
  })
}

function performanceOf(
  ctx: PerformingContext,
  submission: SessionSubmission,
  { assignment, list, tests }: PerformingFacts,
  manner: EntryManner,
): Performance {
  const { workStarted, workCompleted = ctx.now(), inProgress = false } = submission
  return {
    assignment,
    list,
    manner,
    workStarted,
    workCompleted,
    inProgress,
    tests,
    submitted: submission.tests,
    before: new Map(),
  }
}
