import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { applyChanges } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { nameOf } from './item-names.ts'
import type { Quality } from './quality.ts'
import { type ChangeEntry, findChanges, findDeletions } from './store/changes.ts'
import { findClosedBy, findItem, findItems, type StoredItem } from './store/items.ts'
import { lockReports, saveDeleted } from './store/reports.ts'
import { requireVisibleReport } from './visible-reports.ts'

/** A deletion that can be taken back. */
export type Deletion = ChangeEntry & { readonly isRestorable: boolean }

const MOST_SHOWN = 50

/** What was deleted from a report, the latest first; of a deleted report also the report itself. */
export async function listDeletions(
  ctx: Context,
  quality: Quality,
  reportId: string,
): Promise<readonly Deletion[]> {
  await requireEditor(ctx, quality, 'edit_reports')
  await requireVisibleReport(ctx, reportId)
  const entries = await findDeletions(ctx.db, reportId, MOST_SHOWN)
  const present = new Set(
    (
      await findItems(
        ctx.db,
        entries.map(({ itemId }) => itemId),
      )
    ).map(({ id }) => id),
  )
  return entries.map((entry) => ({ ...entry, isRestorable: !present.has(entry.itemId) }))
}

/** Brings back what a deletion took away, as it was then. @returns the id of the item */
export async function restoreDeletion(ctx: Context, quality: Quality, changeId: number): Promise<string> {
  await requireEditor(ctx, quality, 'edit_reports')
  return inTransaction(ctx, async (tx) => {
    const change = (await findChanges(tx.db, [changeId])).get(changeId)
    const gone = change?.action.startsWith('delete-') ? await findClosedBy(tx.db, changeId) : []
    const root = gone.find(({ id }) => id === change?.itemId)
    if (!change || !root) throw new RefusedError({ kind: 'not-found', what: 'deletion', id: changeId })
    await requireVisibleReport(tx, root.reportId)
    await lockReports(tx.db, [root.reportId])
    await requirePlace(tx, root, gone)
    const fact = {
      action: `restore-${root.kind}`,
      itemId: root.id,
      text: ` restored the ${root.kind} '${nameOf(root)}'.`,
      around: change.itemIds,
      after: { restored: changeId },
      reportIds: [root.reportId],
    }
    await applyChanges(
      tx,
      quality,
      fact,
      gone.map((after) => ({ before: null, after })),
    )
    if (root.kind === 'report') await saveDeleted(tx.db, root.id, null)
    return root.id
  })
}

async function requirePlace(tx: Context, root: StoredItem, gone: readonly StoredItem[]): Promise<void> {
  const parent = root.parentId === null ? undefined : await findItem(tx.db, root.parentId)
  if (root.parentId !== null && parent?.reportId !== root.reportId) {
    throw new RefusedError({ kind: 'conflict', reason: 'What it was in is gone; restore that first.' })
  }
  const present = await findItems(
    tx.db,
    gone.map(({ id }) => id),
  )
  if (present.length > 0) throw new RefusedError({ kind: 'conflict', reason: 'This is there again already.' })
}
