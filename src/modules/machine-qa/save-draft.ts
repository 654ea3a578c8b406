import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { Draft, DraftData, DraftPlace } from './domain/draft.ts'
import { requireVisible } from './performing/visible-assignment.ts'
import { findAssignment } from './store/assignments.ts'
import { deleteDraftAt, findDraftAt, findDraftsFor, insertDraft, updateDraft } from './store/drafts.ts'

const LARGEST_DRAFT = 2 ** 20

/** Saves what somebody has typed so far; it takes the place of what they had saved there before. */
export async function saveDraft(
  ctx: Context,
  place: DraftPlace,
  content: {
    readonly workStarted: Date | null
    readonly workCompleted: Date | null
    readonly data: DraftData
  },
): Promise<Draft> {
  const userId = requirePerson(ctx)
  if (JSON.stringify(content.data).length > LARGEST_DRAFT) throw invalidInput('data', 'This is too large.')
  const assignment = await findAssignment(ctx.db, place.assignmentId)
  if (!assignment) throw new RefusedError({ kind: 'not-found', what: 'assignment', id: place.assignmentId })
  await requireVisible(ctx, assignment)
  return inTransaction(ctx, async (tx) => {
    const before = await findDraftAt(tx.db, userId, place)
    const at = tx.now()
    const draft = { ...place, ...content, userId, createdAt: before?.createdAt ?? at, savedAt: at }
    if (!before) return { ...draft, id: await insertDraft(tx.db, draft) }
    await updateDraft(tx.db, { ...draft, id: before.id })
    return { ...draft, id: before.id }
  })
}

/** The caller's drafts for an assignment, last saved first. */
export async function findDrafts(ctx: Context, assignmentId: number): Promise<readonly Draft[]> {
  return findDraftsFor(ctx.db, requirePerson(ctx), assignmentId)
}

export async function deleteDraft(ctx: Context, place: DraftPlace): Promise<void> {
  await deleteDraftAt(ctx.db, requirePerson(ctx), place)
}

/** Drafts belong to people. */
function requirePerson(ctx: Context): number {
  requirePermission(ctx, 'machine-qa.session.perform')
  const userId = actingUserId(ctx.actor)
  if (userId === null) throw new RefusedError({ kind: 'not-authenticated' })
  return userId
}
