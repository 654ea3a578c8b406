import { type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { ItemKind, MetricItem } from './domain/report-tree.ts'
import { findChildren, findItem, type StoredItem } from './store/items.ts'
import { lockReports } from './store/reports.ts'
import { noSuch, requireVisibleReport } from './visible-reports.ts'

/** An item with everything that it is in. */
export type Place = {
  readonly item: StoredItem
  readonly report: StoredItem
  readonly subject: StoredItem | undefined
  readonly metric: StoredItem | undefined
}

type Kind = Exclude<ItemKind, 'overview'>

/** Where an item is, if the actor may see its report. @throws RefusedError `not-found` */
export async function findPlace(ctx: Context, kind: Kind, id: string): Promise<Place> {
  const item = await findItem(ctx.db, id)
  if (item?.kind !== kind) throw noSuch(kind, id)
  const path = [item]
  for (let above = item; above.parentId !== null; ) {
    const parent = await findItem(ctx.db, above.parentId)
    if (!parent) throw noSuch(kind, id)
    path.push(parent)
    above = parent
  }
  const ofKind = (wanted: ItemKind) => path.find((each) => each.kind === wanted)
  const report = ofKind('report')
  if (!report) throw noSuch(kind, id)
  try {
    await requireVisibleReport(ctx, report.id)
  } catch (error) {
    // who may not see the report is not told that the item exists
    if (error instanceof RefusedError && error.refusal.kind === 'not-found') throw noSuch(kind, id)
    throw error
  }
  return { item, report, subject: ofKind('subject'), metric: ofKind('metric') }
}

/** Runs with an item whose report nobody else changes meanwhile. */
export function atPlace<T>(
  ctx: Context,
  kind: Kind,
  id: string,
  run: (tx: Context, place: Place) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx, async (tx) => {
    const before = await findPlace(tx, kind, id)
    await lockReports(tx.db, [before.report.id])
    const place = await findPlace(tx, kind, id)
    if (place.report.id !== before.report.id) {
      throw new RefusedError({
        kind: 'conflict',
        reason: `This ${kind} was moved to another report meanwhile.`,
      })
    }
    return run(tx, place)
  })
}

/** The ids of an item and of everything that it is in. */
export function idsOf({ item, report, subject, metric }: Place): readonly string[] {
  return [...new Set([item, report, subject, metric].flatMap((each) => each?.id ?? []))]
}

/** A metric with its sources. */
export async function metricWithSources(tx: Context, metric: StoredItem): Promise<MetricItem> {
  const sources = await findChildren(tx.db, metric.id, metric.reportId)
  return {
    id: metric.id,
    attributes: metric.attributes,
    sources: sources.filter(({ kind }) => kind === 'source'),
  }
}
