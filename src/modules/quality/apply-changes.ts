import type { Context } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { authorOf } from './author.ts'
import { QUALITY_CHANNEL, type Quality } from './quality.ts'
import { insertChange } from './store/changes.ts'
import { type Change, closeItems, type ItemState, insertItems, type StoredItem } from './store/items.ts'

/** One item before and after a change; absent where it did not exist or no longer does. */
export type ItemChange = { readonly before: StoredItem | null; readonly after: ItemState | null }

export type ChangeFact = {
  /** `verb-noun`, such as `change-metric` */
  readonly action: string
  /** what it is about */
  readonly itemId: string
  /** what happened, to be read behind the name of the author */
  readonly text: string
  /** items that it touches besides those it changes, such as what they are in */
  readonly around: readonly string[]
  /** for the audit trail, without secrets */
  readonly before?: unknown
  readonly after?: unknown
  /** reports that pages should show anew */
  readonly reportIds: readonly string[]
}

/** Stores new versions of items under one entry of the changelog. The reports must be locked. */
export async function applyChanges(
  tx: Context,
  quality: Quality,
  fact: ChangeFact,
  changes: readonly ItemChange[],
): Promise<Change> {
  const author = await authorOf(tx, quality)
  const touched = changes.flatMap(({ before, after }) => before?.id ?? after?.id ?? [])
  const at = tx.now()
  const id = await insertChange(tx.db, {
    at,
    authorId: author.id,
    authorName: author.name,
    authorEmail: author.email,
    action: fact.action,
    itemId: fact.itemId,
    description: `${author.name}${fact.text}`,
    itemIds: [...touched, ...fact.around],
  })
  const change = { id, at }
  await closeItems(
    tx.db,
    changes.flatMap(({ before }) => before?.versionId ?? []),
    change,
  )
  await insertItems(
    tx.db,
    changes.flatMap(({ after }) => after ?? []),
    change,
  )
  const [verb = 'change', noun = 'report'] = fact.action.split('-')
  await recordAudit(tx, {
    action: `quality.${noun}.${verb}`,
    record: `quality.${noun}`,
    recordId: fact.itemId,
    before: fact.before,
    after: fact.after,
  })
  for (const reportId of new Set(fact.reportIds)) {
    await tx.database.notify(QUALITY_CHANNEL, `report:${reportId}`)
  }
  return change
}

/** An item as it is stored, with something changed. */
export function changed(item: StoredItem, parts: Partial<ItemState>): ItemChange {
  const { versionId: _version, validFrom: _from, openedById: _opened, ...state } = item
  return { before: item, after: { ...state, ...parts } }
}

export function withAttributes(item: StoredItem, attributes: Readonly<Record<string, unknown>>): ItemChange {
  return changed(item, { attributes: { ...item.attributes, ...attributes } })
}
