import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { AssignmentFacts, ListOfDay } from './domain/assignment-facts.ts'
import type { Attachment } from './domain/attachment.ts'
import { DEFAULT_DROP_DOWN_LABEL, dayLabel, nextDay } from './domain/cycle.ts'
import type { Draft } from './domain/draft.ts'
import { type ListedTest, preparedTests } from './domain/listed-test.ts'
import type { Session } from './domain/session.ts'
import type { SessionResult } from './domain/session-result.ts'
import type { PersonName } from './domain/test-page.ts'
import { type CompositeAnswer, evaluateComposites, hasDefault } from './evaluate-composites.ts'
import { getLivingSession } from './performing/find-living-session.ts'
import {
  describeTests,
  type FormTest,
  type PerformingRights,
  performingRights,
} from './performing/form-tests.ts'
import { findDays } from './performing/gather-facts.ts'
import type { PerformingContext } from './performing/performing-context.ts'
import { refuseSubmission } from './performing/refusals.ts'
import { requireVisible, requireVisibleForChange } from './performing/visible-assignment.ts'
import { findDrafts } from './save-draft.ts'
import { findAssignment } from './store/assignments.ts'
import { findAttachmentsOf } from './store/attachments.ts'
import { findComments, type SessionComment } from './store/comments.ts'
import { findListedTests } from './store/listed-tests.ts'
import { findResults } from './store/results.ts'
import { findLastSession, findSessionsInProgress } from './store/sessions.ts'
import { findStatuses, type Status } from './store/statuses.ts'
import { findCyclePage, findListPages, findPersonNames, type ListPage } from './store/test-pages.ts'

/** Everything the performing page needs. */
export type PerformingForm = {
  readonly assignment: AssignmentFacts
  readonly list: ListPage
  readonly day: number
  /** one for a plain list */
  readonly days: readonly (ListOfDay & { readonly label: string })[]
  readonly dropDownLabel: string
  readonly tests: readonly FormTest[]
  /** lists whose tests stand together, by id */
  readonly sublists: ReadonlyMap<number, ListPage>
  /** of the list and, where there is one, of the cycle */
  readonly attachments: readonly Attachment[]
  readonly defaults: CompositeAnswer['results']
  readonly sessionsInProgress: readonly (Session & { readonly createdBy: PersonName | null })[]
  readonly drafts: readonly Draft[]
  /** those the person may choose from */
  readonly statuses: readonly Status[]
  readonly rights: PerformingRights
  /** the session that is continued or edited */
  readonly session: Session | null
  readonly comments: readonly SessionComment[]
}

/**
 * Everything to perform a list: the next day of an assignment or a chosen one, or a session that is to be continued or
 * edited, with the references and tolerances that were frozen for it.
 *
 * @throws RefusedError `not-found` for what does not stand on the work lists of the caller
 */
export async function getPerformingForm(
  ctx: PerformingContext,
  wanted: { readonly assignmentId: number; readonly day?: number } | { readonly sessionId: number },
): Promise<PerformingForm> {
  requirePermission(ctx, 'machine-qa.session.perform')
  const subject =
    'sessionId' in wanted ? await subjectOfSession(ctx, wanted.sessionId) : await newSubject(ctx, wanted)
  const { assignment, list, days, tests, session, results } = subject
  const rights = performingRights(ctx)
  const sublistIds = tests.flatMap(({ sublist }) => sublist?.id ?? [])
  const [pages, cycle, formTests, attachments, inProgress, drafts, statuses, comments, defaults] =
    await Promise.all([
      findListPages(ctx.db, [list.testListId, ...sublistIds]),
      assignment.tests.kind === 'cycle' ? findCyclePage(ctx.db, assignment.tests.cycleId) : undefined,
      describeTests(ctx, tests, results, rights),
      findListAttachments(ctx, assignment, list),
      findSessionsInProgress(ctx.db, assignment.id),
      ctx.actor.kind === 'user' ? findDrafts(ctx, assignment.id) : [],
      findStatuses(ctx.db),
      session ? findComments(ctx.db, [session.id]) : [],
      session ? NO_DEFAULTS : findDefaults(ctx, assignment, list, tests),
    ])
  const page = pages.get(list.testListId)
  if (!page) throw new RefusedError({ kind: 'not-found', what: 'test list', id: list.testListId })
  const people = await findPersonNames(
    ctx.db,
    inProgress.map(({ createdById }) => createdById),
  )
  return {
    assignment,
    list: page,
    day: list.day,
    days: days.map((each) => ({ ...each, label: dayLabel(cycle?.dayText ?? 'day', each.day, each.name) })),
    dropDownLabel: cycle?.dropDownLabel ?? DEFAULT_DROP_DOWN_LABEL,
    tests: formTests,
    sublists: new Map(
      sublistIds.flatMap((id) => [pages.get(id)].flatMap((each) => (each ? [[id, each]] : []))),
    ),
    attachments,
    defaults,
    sessionsInProgress: inProgress.map((each) => ({
      ...each,
      createdBy: people.get(each.createdById ?? 0) ?? null,
    })),
    drafts,
    statuses: rights.chooseStatus ? statuses.filter(({ retired }) => !retired) : [],
    rights,
    session,
    comments,
  }
}

const NO_DEFAULTS: CompositeAnswer['results'] = new Map()

/** What is performed: a list of a day, or a session again. */
type Subject = {
  readonly assignment: AssignmentFacts
  readonly list: ListOfDay
  readonly days: readonly ListOfDay[]
  readonly tests: readonly ListedTest[]
  readonly session: Session | null
  readonly results: ReadonlyMap<number, SessionResult>
}

async function newSubject(
  ctx: PerformingContext,
  wanted: { readonly assignmentId: number; readonly day?: number },
): Promise<Subject> {
  const assignment = await findAssignment(ctx.db, wanted.assignmentId)
  if (!assignment) throw new RefusedError({ kind: 'not-found', what: 'assignment', id: wanted.assignmentId })
  await requireVisible(ctx, assignment)
  const days = await findDays(ctx, assignment.tests)
  const list = days[wanted.day ?? (await suggestedDay(ctx, assignment, days.length))]
  if (!list) throw new RefusedError({ kind: 'not-found', what: 'day', id: wanted.day ?? 0 })
  const prepared = preparedTests(await findListedTests(ctx.db, list.testListId, assignment.unit.id))
  if ('problem' in prepared) throw refuseSubmission(prepared.problem)
  return { assignment, list, days, tests: prepared.tests, session: null, results: new Map() }
}

async function suggestedDay(ctx: Context, { id, tests }: AssignmentFacts, days: number): Promise<number> {
  if (tests.kind === 'list') return 0
  const last = await findLastSession(ctx.db, id)
  return nextDay({ kind: 'cycle', days }, last?.day ?? null)
}

async function subjectOfSession(ctx: PerformingContext, sessionId: number): Promise<Subject> {
  const { session, assignment } = await getLivingSession(ctx, sessionId)
  if (!session.inProgress) requirePermission(ctx, 'machine-qa.session.change')
  await requireVisibleForChange(ctx, assignment)
  const [days, results, members] = await Promise.all([
    findDays(ctx, assignment.tests),
    findResults(ctx.db, [sessionId]),
    findListedTests(ctx.db, session.testListId, assignment.unit.id),
  ])
  const sublists = new Map(members.map(({ test, sublist }) => [test.id, sublist]))
  const list = { day: session.day, testListId: session.testListId, name: '' }
  return {
    assignment,
    list,
    days,
    tests: results.map(({ test, unitTestInfoId, reference, tolerance }) => ({
      test,
      unitTestInfoId,
      reference,
      tolerance,
      sublist: sublists.get(test.id) ?? null,
    })),
    session,
    results: new Map(results.map((result) => [result.test.id, result])),
  }
}

async function findListAttachments(
  ctx: Context,
  { tests }: AssignmentFacts,
  { testListId }: ListOfDay,
): Promise<Attachment[]> {
  const [ofList, ofCycle] = await Promise.all([
    findAttachmentsOf(ctx.db, 'testList', [testListId]),
    tests.kind === 'cycle' ? findAttachmentsOf(ctx.db, 'testListCycle', [tests.cycleId]) : [],
  ])
  return [...ofList, ...ofCycle]
}

/** Initial values of tests that carry a procedure for them. */
async function findDefaults(
  ctx: PerformingContext,
  assignment: AssignmentFacts,
  list: ListOfDay,
  tests: readonly ListedTest[],
): Promise<CompositeAnswer['results']> {
  if (!tests.some(({ test }) => hasDefault(test))) return NO_DEFAULTS
  const typed = {
    testListId: list.testListId,
    unitId: assignment.unit.id,
    assignmentId: assignment.id,
    day: list.day,
    workStarted: ctx.now(),
    values: new Map(),
    comments: new Map(),
    skips: new Map(),
  }
  const { results } = await evaluateComposites(ctx, typed, 'defaults')
  const carriers = new Set(tests.filter(({ test }) => hasDefault(test)).map(({ test }) => test.macro))
  return new Map([...results].filter(([macro]) => carriers.has(macro)))
}
