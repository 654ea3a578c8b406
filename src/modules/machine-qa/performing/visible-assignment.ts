import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AssignmentFacts } from '../domain/assignment-facts.ts'
import { isVisibleTo } from '../store/assignments.ts'

/**
 * Requires that an assignment stands on the work lists of the caller: it and its unit are active, and one of the
 * caller's groups sees it. Administrators and the system see all.
 *
 * @throws RefusedError `not-found`
 */
export async function requireVisible(
  ctx: Context,
  { id, active, unit }: Pick<AssignmentFacts, 'id' | 'active' | 'unit'>,
): Promise<void> {
  const isActive = active && unit.active
  if (isActive && (await seesAssignment(ctx, id))) return
  throw new RefusedError({ kind: 'not-found', what: 'assignment', id })
}

/**
 * As {@link requireVisible}, for a session that exists: whoever may correct completed sessions may do so wherever they
 * stand, also when their assignment is no longer in use.
 */
export async function requireVisibleForChange(
  ctx: Context,
  assignment: Pick<AssignmentFacts, 'id' | 'active' | 'unit'>,
): Promise<void> {
  if (!hasPermission(ctx.actor, 'machine-qa.session.change')) await requireVisible(ctx, assignment)
}

/** Whether the work lists of the caller show the assignment, as far as groups decide it. */
export async function seesAssignment(ctx: Context, assignmentId: number): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind === 'anonymous') return false
  if (actor.kind === 'system' || actor.isAdministrator) return true
  return isVisibleTo(ctx.db, assignmentId, actor.groupIds)
}
