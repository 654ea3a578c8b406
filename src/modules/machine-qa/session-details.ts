import { type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { AssignmentFacts } from './domain/assignment-facts.ts'
import type { Attachment } from './domain/attachment.ts'
import { referenceDisplay } from './domain/reference.ts'
import type { Session } from './domain/session.ts'
import type { PersonName, TestPage } from './domain/test-page.ts'
import { type PerformedResult, performedResult } from './performing/performed-session.ts'
import { findAssignment } from './store/assignments.ts'
import { findAttachmentsOf } from './store/attachments.ts'
import { findComments, type SessionComment } from './store/comments.ts'
import { findRecentResults, type PastResult } from './store/history.ts'
import { findListedTests } from './store/listed-tests.ts'
import { findResults } from './store/results.ts'
import { findNeighbours, findSession, type Neighbour } from './store/sessions.ts'
import { findStatuses, type Status } from './store/statuses.ts'
import { findListPages, findPersonNames, findTestPages, type ListPage } from './store/test-pages.ts'

/** Points of a sparkline, the session's own result included. */
const SPARKLINE_LENGTH = 30

/** A result as the session page shows it. */
export type DetailedResult = PerformedResult & {
  readonly page: TestPage | null
  readonly sublist: { readonly id: number; readonly outline: boolean } | null
  readonly referenceDisplay: string
  /** results up to the session's, newest first */
  readonly history: readonly PastResult[]
}

/** Everything the page of a session needs. */
export type SessionDetails = {
  readonly session: Session
  readonly assignment: AssignmentFacts
  readonly list: ListPage | null
  readonly sublists: ReadonlyMap<number, ListPage>
  readonly results: readonly DetailedResult[]
  readonly comments: readonly SessionComment[]
  /** of the session as a whole */
  readonly attachments: readonly Attachment[]
  readonly statuses: readonly Status[]
  /** whoever performed, changed, reviewed, voided or commented, by id */
  readonly people: ReadonlyMap<number, PersonName>
  /** sessions of the same assignment next in time */
  readonly previous: Neighbour | null
  readonly next: Neighbour | null
  readonly rights: {
    readonly change: boolean
    readonly void: boolean
    readonly review: boolean
  }
}

/** A session with its results, history and everything said about it; voided ones can be read too. */
export async function getSessionDetails(ctx: Context, id: number): Promise<SessionDetails> {
  requirePermission(ctx, 'machine-qa.session.view-completed')
  const session = await findSession(ctx.db, id)
  if (!session) throw new RefusedError({ kind: 'not-found', what: 'session', id })
  const [assignment, results, comments, attachments, statuses, neighbours] = await Promise.all([
    findAssignment(ctx.db, session.assignmentId),
    findDetailedResults(ctx, session),
    findComments(ctx.db, [id]),
    findAttachmentsOf(ctx.db, 'session', [id]),
    findStatuses(ctx.db),
    findNeighbours(ctx.db, session),
  ])
  if (!assignment) throw new Error(`session ${id} has lost its assignment`)
  const withSublists = await addSublists(ctx, results, session, assignment)
  const [pages, people] = await Promise.all([
    findListPages(ctx.db, [session.testListId, ...withSublists.flatMap(({ sublist }) => sublist?.id ?? [])]),
    findPersonNames(ctx.db, peopleOf(session, results, comments)),
  ])
  return {
    session,
    assignment,
    list: pages.get(session.testListId) ?? null,
    sublists: pages,
    results: withSublists,
    comments,
    attachments,
    statuses,
    people,
    ...neighbours,
    rights: rightsOf(ctx, session),
  }
}

function rightsOf({ actor }: Context, session: Session): SessionDetails['rights'] {
  const may = (name: string) => hasPermission(actor, `machine-qa.session.${name}`)
  const isLiving = session.voidedAt === null
  const isOwn = actor.kind === 'user' && session.createdById === actor.id
  return {
    change: isLiving && may(session.inProgress ? 'perform' : 'change'),
    void: isLiving && may('void'),
    review: isLiving && !session.inProgress && may('review') && (!isOwn || may('review-own')),
  }
}

type ResultWithoutSublist = Omit<DetailedResult, 'sublist'>

async function findDetailedResults(ctx: Context, session: Session): Promise<ResultWithoutSublist[]> {
  const results = await findResults(ctx.db, [session.id])
  const [files, pages, history] = await Promise.all([
    findAttachmentsOf(
      ctx.db,
      'result',
      results.map(({ id }) => id),
    ),
    findTestPages(
      ctx.db,
      results.map(({ test }) => test.id),
    ),
    findRecentResults(
      ctx.db,
      results.map(({ unitTestInfoId }) => unitTestInfoId),
      { limit: SPARKLINE_LENGTH, upTo: session.workCompleted },
    ),
  ])
  const filesByResult = Map.groupBy(files, ({ owner }) => (owner.kind === 'result' ? owner.id : 0))
  return results.map((result) => ({
    ...performedResult(result, filesByResult.get(result.id) ?? [], ctx.zone),
    page: pages.get(result.test.id) ?? null,
    referenceDisplay: referenceDisplay(result.reference),
    history: history.get(result.unitTestInfoId) ?? [],
  }))
}

/** Sublists as the list has them today; a test that has left it since stands in none. */
async function addSublists(
  ctx: Context,
  results: readonly ResultWithoutSublist[],
  { testListId }: Session,
  { unit }: AssignmentFacts,
): Promise<DetailedResult[]> {
  const members = await findListedTests(ctx.db, testListId, unit.id)
  const sublists = new Map(members.map(({ test, sublist }) => [test.id, sublist]))
  return results.map((result) => ({ ...result, sublist: sublists.get(result.test.id) ?? null }))
}

function peopleOf(
  session: Session,
  results: readonly ResultWithoutSublist[],
  comments: readonly SessionComment[],
): (number | null)[] {
  return [
    session.createdById,
    session.modifiedById,
    session.reviewedById,
    session.voidedById,
    ...results.map(({ reviewedById }) => reviewedById),
    ...comments.map(({ userId }) => userId),
  ]
}
