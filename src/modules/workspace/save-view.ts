import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { validateRecord } from '../../platform/records/validate-record.ts'
import { requireUser } from '../access/acting-as.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { refusingConstraints } from '../records/save-record.ts'
import type { SavedView } from './domain/saved-view.ts'
import { SHARE_VIEWS } from './domain/workspace-permissions.ts'
import { requireListAccess } from './list-saved-views.ts'
import { savedViewRecord } from './records/saved-view.ts'
import { countSavedViewsOf, insertSavedView, type SavedViewValues } from './store/saved-views.ts'

const MOST_VIEWS = 500

/**
 * Keeps the state of a list under a name, for oneself or, with a permission, for everybody.
 *
 * @param input `list`, `name` and, optional, `query`, `shared`, `position`
 * @throws RefusedError `invalid-input`; `conflict` for a name that the user's views of this list have already
 */
export async function saveView(ctx: Context, input: Readonly<Record<string, unknown>>): Promise<SavedView> {
  const { id: owner } = requireUser(ctx)
  // the fields of the declaration decide which values are there
  const values = validateRecord(savedViewRecord, input, 'new') as SavedViewValues
  requireListAccess(ctx, values.list)
  if (values.shared) requirePermission(ctx, SHARE_VIEWS)
  return inTransaction(ctx, async (tx) => {
    const used = await countSavedViewsOf(tx.db, owner)
    if (used >= MOST_VIEWS)
      throw new RefusedError({ kind: 'quota-exceeded', resource: 'saved views', quota: MOST_VIEWS, used })
    const stamp = { at: tx.now(), by: owner }
    const id = await refusingConstraints(savedViewRecord, () => insertSavedView(tx.db, owner, values, stamp))
    const view: SavedView = { id, version: 1, owner, ...values }
    await recordAudit(tx, {
      action: 'workspace.saved-view.add',
      record: savedViewRecord.name,
      recordId: id,
      after: view,
    })
    return view
  })
}
