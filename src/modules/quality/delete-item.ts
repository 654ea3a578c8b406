import type { Context } from '../../context.ts'
import { applyChanges } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { nameOf } from './item-names.ts'
import { within } from './move-item.ts'
import { atPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { findItemsOfReports } from './store/items.ts'
import { saveDeleted } from './store/reports.ts'

/** Takes away an item with everything in it. Measurements stay, and so does the past; it can be restored. */
export async function deleteItem(
  ctx: Context,
  quality: Quality,
  { kind, id }: { readonly kind: 'report' | 'subject' | 'metric' | 'source'; readonly id: string },
): Promise<void> {
  await requireEditor(ctx, quality, 'edit_reports')
  await atPlace(ctx, kind, id, async (tx, place) => {
    const items = await findItemsOfReports(tx.db, [place.report.id])
    const fact = {
      action: `delete-${kind}`,
      itemId: id,
      text: ` deleted ${textOfDeletion(place)}.`,
      around: idsOf(place),
      before: { name: nameOf(place.item) },
      reportIds: [place.report.id],
    }
    const gone = [place.item, ...within(place.item, items)]
    await applyChanges(
      tx,
      quality,
      fact,
      gone.map((before) => ({ before, after: null })),
    )
    if (kind === 'report') await saveDeleted(tx.db, id, tx.now())
  })
}

function textOfDeletion({ item, report, subject, metric }: Place): string {
  const inReport = ` from report '${nameOf(report)}'`
  switch (item.kind) {
    case 'report':
    case 'overview':
      return `the report '${nameOf(item)}'`
    case 'subject':
      return `the subject '${nameOf(item)}'${inReport}`
    case 'metric':
      return `metric '${nameOf(item)}' from subject '${subject ? nameOf(subject) : ''}' in report '${nameOf(report)}'`
    case 'source':
      return `the source '${nameOf(item)}' from metric '${metric ? nameOf(metric) : ''}' of subject '${
        subject ? nameOf(subject) : ''
      }' in report '${nameOf(report)}'`
  }
}
