import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { findOwnUnfinished, findUnreviewed, type WaitingSession } from './store/waiting-sessions.ts'
import type { WorkItem } from './store/work-list.ts'
import { workList } from './work-list.ts'

/** Something of machine QA that waits for the acting user, in the words of the page that shows it. */
export type WaitingWork = {
  readonly kind: string
  readonly token: 'late' | 'todo' | 'warn'
  readonly title: string
  readonly detail: string
  readonly dueAt?: Date
  readonly path: string
  readonly action: string
}

const MOST_OF_A_KIND = 50

/**
 * What waits for the acting user: lists that are due or overdue, sessions that need a review from those who may give
 * one, and sessions that the user left in progress. Nothing for whoever has no access.
 */
export async function workForYou(ctx: Context): Promise<readonly WaitingWork[]> {
  const { actor } = ctx
  if (actor.kind !== 'user' || !hasPermission(actor, 'machine-qa.access')) return []
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const mayPerform = hasPermission(actor, 'machine-qa.session.perform')
  const mayReview = hasPermission(actor, 'machine-qa.session.review')
  const seesAll = actor.isAdministrator || hasPermission(actor, 'machine-qa.session.review-not-visible')
  const [due, unfinished, unreviewed] = await Promise.all([
    mayPerform ? workList(ctx, { due: ['action', 'tolerance'], limit: MOST_OF_A_KIND }) : undefined,
    mayPerform ? findOwnUnfinished(db, actor.id, MOST_OF_A_KIND) : [],
    mayReview ? findUnreviewed(db, seesAll ? 'all' : actor.groupIds, MOST_OF_A_KIND) : [],
  ])
  return [
    ...(due?.items ?? []).map(dueWork),
    ...unfinished.map((session) => sessionWork(session, 'Session in progress', 'Continue')),
    ...unreviewed.map((session) => sessionWork(session, 'Unreviewed session', 'Review')),
  ]
}

function dueWork({ assignmentId, name, unit, frequency, dueDate, dueStatus }: WorkItem): WaitingWork {
  return {
    kind: 'Test list',
    token: dueStatus === 'action' ? 'late' : 'todo',
    title: `${unit.name}: ${name}`,
    detail: frequency?.name ?? 'Ad hoc',
    ...(dueDate ? { dueAt: dueDate } : {}),
    path: `/app/machine-qa/perform/${assignmentId}`,
    action: 'Perform',
  }
}

function sessionWork(
  { id, name, unitName, by }: WaitingSession,
  kind: string,
  action: 'Continue' | 'Review',
): WaitingWork {
  return {
    kind,
    token: action === 'Continue' ? 'todo' : 'warn',
    title: `${unitName}: ${name}`,
    detail: by === null ? '' : `by ${by}`,
    path: action === 'Continue' ? `/app/machine-qa/sessions/${id}/edit` : `/app/machine-qa/review/${id}`,
    action,
  }
}
