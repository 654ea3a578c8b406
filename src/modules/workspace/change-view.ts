import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { validateRecord } from '../../platform/records/validate-record.ts'
import { requireUser } from '../access/acting-as.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { changedMeanwhile, refusingConstraints } from '../records/save-record.ts'
import type { SavedView } from './domain/saved-view.ts'
import { MANAGE_VIEWS, SHARE_VIEWS } from './domain/workspace-permissions.ts'
import { requireListAccess } from './list-saved-views.ts'
import { savedViewRecord } from './records/saved-view.ts'
import { deleteSavedView, findSavedView, updateSavedView } from './store/saved-views.ts'

/**
 * Changes the given fields of a view of one's own, or, with a permission, of a shared one of somebody else.
 *
 * @param version the version that was read; without it whatever is stored is changed
 */
export async function changeView(
  ctx: Context,
  id: number,
  input: Readonly<Record<string, unknown>>,
  version?: number,
): Promise<SavedView> {
  return inTransaction(ctx, async (tx) => {
    const before = await getChangeable(tx, id)
    const values = validateRecord(savedViewRecord, input, 'change') as Partial<SavedView>
    const after: SavedView = { ...before, ...values, version: before.version + 1 }
    requireListAccess(tx, after.list)
    if (after.shared && !before.shared) requirePermission(tx, SHARE_VIEWS)
    const stamp = { at: tx.now(), by: requireUser(tx).id }
    const isSaved = await refusingConstraints(savedViewRecord, () =>
      updateSavedView(tx.db, id, version ?? before.version, after, stamp),
    )
    if (!isSaved) throw changedMeanwhile(savedViewRecord, before)
    await recordAudit(tx, {
      action: 'workspace.saved-view.change',
      record: savedViewRecord.name,
      recordId: id,
      before,
      after,
    })
    return after
  })
}

/** Removes a view of one's own, or, with a permission, a shared one of somebody else. */
export async function removeView(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await getChangeable(tx, id)
    await deleteSavedView(tx.db, id)
    await recordAudit(tx, {
      action: 'workspace.saved-view.remove',
      record: savedViewRecord.name,
      recordId: id,
      before,
    })
  })
}

/** @throws RefusedError `not-found` also for what others keep for themselves; `not-permitted` */
async function getChangeable(tx: Context, id: number): Promise<SavedView> {
  const user = requireUser(tx)
  const view = await findSavedView(tx.db, id)
  if (!view || (view.owner !== user.id && !view.shared))
    throw new RefusedError({ kind: 'not-found', what: 'saved view', id })
  if (view.owner !== user.id) requirePermission(tx, MANAGE_VIEWS)
  return view
}
