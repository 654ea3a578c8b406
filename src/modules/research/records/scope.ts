import { type Actor, hasPermission } from '../../../core/actor.ts'
import { all, type Condition, compare, EVERYTHING, equals, related } from '../../../core/query.ts'

/** Whoever holds it knows of every project, also of confidential ones. */
export const SEE_CONFIDENTIAL = 'research.confidential.view'

/** Projects that somebody may know of: those that are not confidential, and those that he or she is a member of. */
export function visibleProject(actor: Actor): Condition {
  if (hasPermission(actor, SEE_CONFIDENTIAL)) return EVERYTHING
  const open = equals('confidential', false)
  if (actor.kind !== 'user') return open
  return { kind: 'any', of: [open, related('members', equals('id', actor.id))] }
}

/** What is not in the bin and belongs to a project that somebody may know of. */
export function visibleInProject(actor: Actor): Condition {
  const living = compare('binnedAt', 'isnull', true)
  return hasPermission(actor, SEE_CONFIDENTIAL)
    ? living
    : all(living, related('project', visibleProject(actor)))
}
