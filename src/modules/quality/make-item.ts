import { randomUUID } from 'node:crypto'
import { type Context, inTransaction } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { applyChanges } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { findMetricType, findSourceType, findSubjectType } from './domain/catalogue/catalogue.ts'
import { newMetric } from './domain/metric.ts'
import { newSource } from './domain/new-source.ts'
import { type Attributes, OVERVIEW_ID, textOf } from './domain/report-tree.ts'
import { describePlace } from './item-names.ts'
import { atPlace, idsOf } from './place.ts'
import type { Quality } from './quality.ts'
import { findPlaceAtEnd } from './store/items.ts'
import { insertReport } from './store/reports.ts'

/** Makes an empty report of the actor's own. @returns its id */
export async function makeReport(ctx: Context, quality: Quality): Promise<string> {
  await requireEditor(ctx, quality, 'edit_reports')
  return inTransaction(ctx, async (tx) => {
    const id = randomUUID()
    await insertReport(tx.db, {
      id,
      visibility: quality.settings.newVisibility,
      ownerId: actingUserId(tx.actor),
      at: tx.now(),
    })
    const fact = {
      action: 'create-report',
      itemId: id,
      text: ' created a new report.',
      around: [OVERVIEW_ID],
      reportIds: [id],
    }
    const place = { kind: 'report' as const, reportId: id, parentId: null }
    const position = await findPlaceAtEnd(tx.db, '', id)
    const attributes = { report_uuid: id, title: 'New report' }
    await applyChanges(tx, quality, fact, [{ before: null, after: { id, ...place, position, attributes } }])
    return id
  })
}

export type NewItem =
  | { readonly kind: 'subject'; readonly reportId: string; readonly type: string }
  | { readonly kind: 'metric'; readonly subjectId: string; readonly type: string }
  | { readonly kind: 'source'; readonly metricId: string; readonly type: string }

/** Makes an item with the defaults of its type, at the end of its like. @returns its id */
export async function makeItem(ctx: Context, quality: Quality, item: NewItem): Promise<string> {
  await requireEditor(ctx, quality, 'edit_reports')
  const parent = parentOf(item)
  return atPlace(ctx, parent.kind, parent.id, async (tx, place) => {
    const id = randomUUID()
    const reportId = place.report.id
    const attributes = attributesOf(item, place.item.attributes)
    const position = await findPlaceAtEnd(tx.db, parent.id, reportId)
    const fact = {
      action: `create-${item.kind}`,
      itemId: id,
      text:
        item.kind === 'subject'
          ? ` created a new subject in ${describePlace(place)}.`
          : ` added a new ${item.kind} to ${describePlace(place)}.`,
      around: idsOf(place),
      after: { type: item.type },
      reportIds: [reportId],
    }
    const made = { id, kind: item.kind, reportId, parentId: parent.id, position, attributes }
    await applyChanges(tx, quality, fact, [{ before: null, after: made }])
    return id
  })
}

function parentOf(item: NewItem): { readonly kind: 'report' | 'subject' | 'metric'; readonly id: string } {
  switch (item.kind) {
    case 'subject':
      return { kind: 'report', id: item.reportId }
    case 'metric':
      return { kind: 'subject', id: item.subjectId }
    case 'source':
      return { kind: 'metric', id: item.metricId }
  }
}

function attributesOf({ kind, type }: NewItem, parent: Attributes): Attributes {
  if (kind === 'subject' && findSubjectType(type)) return { type, name: null }
  if (kind === 'metric' && findMetricType(type)) return newMetric(type)
  if (kind === 'source' && findSourceType(type)) return newSource(type, textOf(parent, 'type') ?? '')
  throw invalidInput('type', `There is no type ${type}.`)
}
