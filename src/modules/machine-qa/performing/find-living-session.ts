import type { Context } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AssignmentFacts } from '../domain/assignment-facts.ts'
import type { Session } from '../domain/session.ts'
import { findAssignment } from '../store/assignments.ts'
import { findSession } from '../store/sessions.ts'

/** A session that is not voided, with its assignment. @throws RefusedError `not-found` */
export async function getLivingSession(
  ctx: Context,
  id: number,
): Promise<{ readonly session: Session; readonly assignment: AssignmentFacts }> {
  const session = await findSession(ctx.db, id)
  if (!session || session.voidedAt) throw new RefusedError({ kind: 'not-found', what: 'session', id })
  const assignment = await findAssignment(ctx.db, session.assignmentId)
  if (!assignment) throw new Error(`session ${id} has lost its assignment`)
  return { session, assignment }
}
