import { randomUUID } from 'node:crypto'
import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { applyChanges } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { OVERVIEW_ID } from './domain/report-tree.ts'
import { nameOf } from './item-names.ts'
import { destinationText, type MovedKind, PARENT_KIND, sourceText } from './move-item.ts'
import { findPlace, idsOf } from './place.ts'
import type { Quality } from './quality.ts'
import { findItemsOfReports, findPlaceAtEnd, type ItemState, type StoredItem } from './store/items.ts'
import { insertReport, lockReports } from './store/reports.ts'

/** Copies a report with everything in it; measurements are not copied. @returns the id of the copy */
export async function copyReport(ctx: Context, quality: Quality, id: string): Promise<string> {
  await requireEditor(ctx, quality, 'edit_reports')
  return inTransaction(ctx, async (tx) => {
    const { report } = await findPlace(tx, 'report', id)
    const newId = randomUUID()
    await insertReport(tx.db, {
      id: newId,
      visibility: quality.settings.newVisibility,
      ownerId: actingUserId(tx.actor),
      at: tx.now(),
    })
    const items = await findItemsOfReports(tx.db, [id])
    const copies = copyOf(report, items, { id: newId, reportId: newId, parentId: null, position: 1 })
    const fact = {
      action: 'copy-report',
      itemId: newId,
      text: ` copied the report '${nameOf(report)}'.`,
      around: [OVERVIEW_ID, id],
      after: { copiedFrom: id },
      reportIds: [newId],
    }
    await applyChanges(
      tx,
      quality,
      fact,
      copies.map((after) => ({ before: null, after })),
    )
    return newId
  })
}

/** Copies a subject, metric or source to the end of another (or the same) place. @returns the id of the copy */
export async function copyItem(
  ctx: Context,
  quality: Quality,
  { kind, id, to }: { readonly kind: MovedKind; readonly id: string; readonly to: string },
): Promise<string> {
  await requireEditor(ctx, quality, 'edit_reports')
  return inTransaction(ctx, async (tx) => {
    const [from, target] = [await findPlace(tx, kind, id), await findPlace(tx, PARENT_KIND[kind], to)]
    await lockReports(tx.db, [from.report.id, target.report.id])
    const items = await findItemsOfReports(tx.db, [from.report.id])
    const newId = randomUUID()
    const reportId = target.report.id
    const position = await findPlaceAtEnd(tx.db, to, reportId)
    const copies = copyOf(from.item, items, { id: newId, reportId, parentId: to, position })
    const fact = {
      action: `copy-${kind}`,
      itemId: newId,
      text: ` copied the ${kind} '${nameOf(from.item)}'${sourceText(from, 'copied')}${destinationText(target)}.`,
      around: idsOf(target),
      after: { copiedFrom: id, to },
      reportIds: [reportId],
    }
    await applyChanges(
      tx,
      quality,
      fact,
      copies.map((after) => ({ before: null, after })),
    )
    return newId
  })
}

/** An item and everything in it under new ids. */
function copyOf(
  item: StoredItem,
  items: readonly StoredItem[],
  place: {
    readonly id: string
    readonly reportId: string
    readonly parentId: string | null
    readonly position: number
  },
): readonly ItemState[] {
  const { kind, attributes } = item
  const copied =
    kind === 'report' ? { report_uuid: place.id, copied_from: { report: item.id } } : { copied_from: item.id }
  const own: ItemState = { ...place, kind, attributes: { ...attributes, ...copied } }
  const inside = items.filter(({ parentId }) => parentId === item.id)
  return [
    own,
    ...inside.flatMap((child) =>
      copyOf(child, items, {
        id: randomUUID(),
        reportId: place.reportId,
        parentId: place.id,
        position: child.position,
      }),
    ),
  ]
}
