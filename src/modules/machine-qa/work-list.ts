import { type Context, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { type DueStatus, type DueWindow, dueWindow } from './domain/due-status.ts'
import { type DueCounts, findWork, type WorkItem, type WorkQuery } from './store/work-list.ts'

/** What a list of work is asked for; everything may be left out. */
export type WorkListRequest = Partial<WorkQuery> & {
  /** `visible`: what the caller's groups see; `all` needs the permission for overviews */
  readonly scope?: 'visible' | 'all'
}

export type WorkListItem = WorkItem & {
  /** the days on which performing it settles the due date */
  readonly window: DueWindow | null
}

export type WorkList = {
  readonly items: readonly WorkListItem[]
  readonly total: number
  /** by due status, of everything that fits apart from the chosen due statuses */
  readonly counts: DueCounts
}

const MOST_AT_ONCE = 500
const USUAL = 50

/** The assignments that an actor is to perform: those whose unit and list are in use, with when they are due. */
export async function workList(ctx: Context, request: WorkListRequest = {}): Promise<WorkList> {
  requirePermission(ctx, 'machine-qa.access')
  const {
    scope = 'visible',
    limit = USUAL,
    offset = 0,
    due,
    order = 'due',
    direction = 'asc',
    ...filters
  } = request
  if (scope === 'all') requirePermission(ctx, 'machine-qa.session.view-overview')
  requirePage(limit, offset)
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const found = await findWork(
    db,
    { ...filters, ...(due ? { due } : {}), order, direction, limit, offset },
    { actor: scope === 'all' ? 'everybody' : ctx.actor, now: ctx.now(), zone: ctx.zone },
  )
  const chosen = due ?? (['no_tol', 'ok', 'tolerance', 'action'] satisfies DueStatus[])
  return {
    items: found.items.map((item) => ({
      ...item,
      window: item.dueDate && dueWindow(item.dueDate, item.frequency, ctx.zone),
    })),
    total: [...new Set(chosen)].reduce((sum, status) => sum + found.counts[status], 0),
    counts: found.counts,
  }
}

function requirePage(limit: number, offset: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_AT_ONCE) {
    throw invalidInput('limit', `This must be a whole number from 1 to ${MOST_AT_ONCE}.`)
  }
  if (!Number.isInteger(offset) || offset < 0 || offset > 1_000_000) {
    throw invalidInput('offset', 'This must be a whole number from 0 to 1000000.')
  }
}
