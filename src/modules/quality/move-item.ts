import { type Context, inTransaction } from '../../context.ts'
import { applyChanges, changed } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { nameOf } from './item-names.ts'
import { findPlace, idsOf, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { findItemsOfReports, findPlaceAtEnd, type StoredItem } from './store/items.ts'
import { saveReportOfMetrics } from './store/measurements.ts'
import { lockReports } from './store/reports.ts'

export type MovedKind = 'subject' | 'metric' | 'source'

/** What each kind of item is in. */
export const PARENT_KIND = { subject: 'report', metric: 'subject', source: 'metric' } as const

/** Moves an item to the end of another place; id, measurements and history stay with it. */
export async function moveItem(
  ctx: Context,
  quality: Quality,
  { kind, id, to }: { readonly kind: MovedKind; readonly id: string; readonly to: string },
): Promise<void> {
  await requireEditor(ctx, quality, 'edit_reports')
  await inTransaction(ctx, async (tx) => {
    const before = [await findPlace(tx, kind, id), await findPlace(tx, PARENT_KIND[kind], to)]
    await lockReports(
      tx.db,
      before.map(({ report }) => report.id),
    )
    const [from, target] = [await findPlace(tx, kind, id), await findPlace(tx, PARENT_KIND[kind], to)]
    const reportId = target.report.id
    const position = await findPlaceAtEnd(tx.db, to, reportId)
    const inside = within(from.item, await findItemsOfReports(tx.db, [from.report.id]))
    const fact = {
      action: `move-${kind}`,
      itemId: id,
      text: ` moved the ${kind} '${nameOf(from.item)}'${sourceText(from, 'moved')}${destinationText(target)}.`,
      around: [...idsOf(from), ...idsOf(target)],
      before: { in: from.item.parentId },
      after: { in: to },
      reportIds: [from.report.id, reportId],
    }
    const moved = changed(from.item, { reportId, parentId: to, position })
    const along = from.report.id === reportId ? [] : inside.map((item) => changed(item, { reportId }))
    await applyChanges(tx, quality, fact, [moved, ...along])
    const metrics = [from.item, ...inside].filter((item) => item.kind === 'metric').map((item) => item.id)
    await saveReportOfMetrics(tx.db, metrics, reportId)
  })
}

/** Everything in an item, at any depth. */
export function within(item: StoredItem, items: readonly StoredItem[]): readonly StoredItem[] {
  const children = items.filter(({ parentId }) => parentId === item.id)
  return children.flatMap((child) => [child, ...within(child, items)])
}

/** Where an item was, as the changelog says it of copies and of moves. */
export function sourceText({ item, report, subject, metric }: Place, how: 'copied' | 'moved'): string {
  if (item.kind === 'subject') return ` from report '${nameOf(report)}'`
  const ofSubject = subject ? `subject '${nameOf(subject)}'` : ''
  const inside = item.kind === 'source' && metric ? `metric '${nameOf(metric)}' of ${ofSubject}` : ofSubject
  return how === 'copied'
    ? ` of ${inside} from report '${nameOf(report)}'`
    : ` from ${inside} in report '${nameOf(report)}'`
}

export function destinationText({ report, subject, metric }: Place): string {
  if (metric && subject)
    return ` to metric '${nameOf(metric)}' of subject '${nameOf(subject)}' in report '${nameOf(report)}'`
  if (subject) return ` to subject '${nameOf(subject)}' in report '${nameOf(report)}'`
  return ` to report '${nameOf(report)}'`
}
