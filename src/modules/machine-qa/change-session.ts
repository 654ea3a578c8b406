import { requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { Session } from './domain/session.ts'
import type { SessionResult } from './domain/session-result.ts'
import { calculateSession } from './performing/calculate-session.ts'
import { decideSession } from './performing/decided-session.ts'
import { requireFormRules } from './performing/form-rules.ts'
import { findFieldProblems, gatherStatusFacts, refuseFieldProblems } from './performing/gather-facts.ts'
import { judgeResults } from './performing/judge-results.ts'
import type { Performance } from './performing/performance.ts'
import type { PerformedSession } from './performing/performed-session.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { readPerformance, requireConstants } from './performing/read-performance.ts'
import { storeChangedSession } from './performing/store-changed-session.ts'
import { storeFiles, storeTestFiles } from './performing/stored-files.ts'
import {
  type EntryManner,
  receivedFiles,
  requireShallowValues,
  type SessionChanges,
} from './performing/submission.ts'
import { findAssignment, findListOfDay } from './store/assignments.ts'
import { hasComments } from './store/comments.ts'
import { findResults } from './store/results.ts'
import { findSession } from './store/sessions.ts'

/**
 * Changes a session. What is not sent stays as it is stored; then everything is validated and calculated again, and
 * judged by the references and tolerances that were frozen when it was performed. A review that there was is taken
 * back.
 *
 * @param manner `script` unless given; at the form, whoever may perform may also continue a session in progress
 * @throws RefusedError as `createSession`; `not-found` also for a voided session; `conflict` when somebody else changed
 *   it meanwhile
 */
export async function changeSession(
  ctx: PerformingContext,
  id: number,
  changes: SessionChanges,
  manner: EntryManner = 'script',
): Promise<PerformedSession> {
  const { session, results } = await findChangeable(ctx, id, manner)
  requireShallowValues(changes.tests ?? new Map())
  refuseFieldProblems(await findFieldProblems(ctx, { ...pickNamed(changes), sessionId: id }))
  const [performance, statusFacts, hadComment] = await Promise.all([
    performanceOf(ctx, session, results, changes, manner),
    gatherStatusFacts(ctx),
    hasComments(ctx.db, id),
  ])
  if (manner === 'form') await requireFormRules(ctx, performance, changes)
  requireConstants(performance)
  const calculated = await calculateSession(ctx, performance)
  const entries = readPerformance(performance, calculated, ctx.zone)
  const comment = changes.comment ?? ''
  const review = {
    ...statusFacts,
    statusId: changes.statusId,
    sessionHasComment: hadComment || comment !== '',
    now: ctx.now(),
  }
  const judged = judgeResults(performance, entries, calculated, review)
  return storeChangedSession(ctx, {
    assignment: performance.assignment,
    before: { session, results },
    session: {
      ...session,
      ...decideSession(ctx.actor, performance, judged, review),
      userKey: changes.userKey === undefined ? session.userKey : changes.userKey || null,
      includeForScheduling: changes.includeForScheduling ?? session.includeForScheduling,
    },
    results: judged.flatMap((result, index) => {
      const stored = results[index]
      return stored ? [{ ...stored, ...result }] : []
    }),
    testFiles: await storeTestFiles(ctx, calculated),
    sessionFiles: await storeFiles(ctx, receivedFiles(changes.attachments)),
    comment,
    returnToServiceId: changes.returnToServiceId,
    manner,
  })
}

async function findChangeable(
  ctx: PerformingContext,
  id: number,
  manner: EntryManner,
): Promise<{ readonly session: Session; readonly results: readonly SessionResult[] }> {
  // a script may do what the permission says, whatever the state of the session
  if (manner === 'script') requirePermission(ctx, 'machine-qa.session.change')
  else requirePermission(ctx, 'machine-qa.session.perform')
  const [session, results] = await Promise.all([findSession(ctx.db, id), findResults(ctx.db, [id])])
  if (!session || session.voidedAt) throw new RefusedError({ kind: 'not-found', what: 'session', id })
  if (!session.inProgress) requirePermission(ctx, 'machine-qa.session.change')
  return { session, results }
}

function pickNamed({ statusId, userKey }: SessionChanges) {
  return {
    ...(statusId === undefined ? {} : { statusId }),
    ...(userKey === undefined ? {} : { userKey }),
  }
}

async function performanceOf(
  ctx: PerformingContext,
  session: Session,
  results: readonly SessionResult[],
  changes: SessionChanges,
  manner: EntryManner,
): Promise<Performance> {
  const [assignment, list] = await Promise.all([
    findAssignment(ctx.db, session.assignmentId),
    findListOfDay(ctx.db, session.testListId),
  ])
  if (!assignment || !list) throw new Error(`session ${session.id} has lost its assignment or list`)
  return {
    assignment,
    list: { ...list, day: session.day },
    manner,
    workStarted: changes.workStarted ?? session.workStarted,
    workCompleted: changes.workCompleted ?? session.workCompleted,
    inProgress: changes.inProgress ?? session.inProgress,
    tests: results.map(({ test, unitTestInfoId, reference, tolerance }) => ({
      test,
      unitTestInfoId,
      reference,
      tolerance,
      sublist: null,
    })),
    submitted: changes.tests ?? new Map(),
    before: new Map(results.map((result) => [result.test.macro, result])),
    sessionId: session.id,
  }
}
