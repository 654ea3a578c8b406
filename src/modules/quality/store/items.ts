import type { Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { Attributes, ItemKind } from '../domain/report-tree.ts'
import type { QualityTables } from './tables.ts'

/** One version of an item. */
export type StoredItem = {
  readonly versionId: number
  readonly id: string
  readonly kind: ItemKind
  readonly reportId: string
  readonly parentId: string | null
  readonly position: number
  readonly attributes: Attributes
  readonly validFrom: Date
  readonly openedById: number | null
}

/** What is stored of an item that is new or changed. */
export type ItemState = Omit<StoredItem, 'versionId' | 'validFrom' | 'openedById'>

export type Change = { readonly id: number; readonly at: Date }

const CHUNK = 500

/** The items of a report as they are, or as they were at an instant; ordered by place. */
export async function findItemsOfReports(
  db: Database,
  reportIds: readonly string[],
  at?: Date,
): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = []
  for (let start = 0; start < reportIds.length; start += CHUNK) {
    const rows = await select(db, at)
      .where('report_id', 'in', reportIds.slice(start, start + CHUNK))
      .orderBy('position')
      .orderBy('id')
      .execute()
    for (const row of rows) items.push(itemOf(row))
  }
  return items
}

/** Reports and the overview alone, without what is in them. */
export async function findReportItems(db: Database, at?: Date): Promise<readonly StoredItem[]> {
  const rows = await select(db, at)
    .where('kind', 'in', ['report', 'overview'])
    .orderBy('position')
    .orderBy('item_id')
    .execute()
  return rows.map(itemOf)
}

export async function findItem(db: Database, id: string, at?: Date): Promise<StoredItem | undefined> {
  const row = await select(db, at).where('item_id', '=', id).executeTakeFirst()
  return row && itemOf(row)
}

export async function findItems(db: Database, ids: readonly string[]): Promise<readonly StoredItem[]> {
  if (ids.length === 0) return []
  return (await select(db).where('item_id', 'in', ids).execute()).map(itemOf)
}

export async function findChildren(
  db: Database,
  parentId: string,
  reportId: string,
): Promise<readonly StoredItem[]> {
  const rows = await select(db)
    .where('report_id', '=', reportId)
    .where('parent_id', '=', parentId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(itemOf)
}

/** The items of one kind in every report, for searching. */
export async function findItemsOfKind(
  db: Database,
  kind: ItemKind,
  reportIds: readonly string[],
): Promise<readonly StoredItem[]> {
  if (reportIds.length === 0) return []
  const rows = await select(db)
    .where('kind', '=', kind)
    .where('report_id', 'in', reportIds)
    .orderBy('id')
    .execute()
  return rows.map(itemOf)
}

function select(db: Database, at?: Date) {
  const query = db.withTables<QualityTables>().selectFrom('quality_item').selectAll()
  if (!at) return query.where('valid_to', 'is', null)
  return query
    .where('valid_from', '<=', at.toISOString())
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', at.toISOString())]))
}

function itemOf(row: Selectable<QualityTables['quality_item']>): StoredItem {
  return {
    versionId: row.id,
    id: row.item_id,
    kind: row.kind as ItemKind,
    reportId: row.report_id,
    parentId: row.parent_id,
    position: row.position,
    attributes: JSON.parse(row.attributes),
    validFrom: new Date(row.valid_from),
    openedById: row.opened_by_id,
  }
}

export async function insertItems(db: Database, items: readonly ItemState[], change: Change): Promise<void> {
  const rows = items.map((item) => ({
    item_id: item.id,
    kind: item.kind,
    report_id: item.reportId,
    parent_id: item.parentId,
    position: item.position,
    attributes: JSON.stringify(item.attributes),
    valid_from: change.at,
    opened_by_id: change.id,
  }))
  await insertMany(db.withTables<QualityTables>(), 'quality_item', rows)
}

/** Ends the versions that are current. The report must be locked: nobody else may change them meanwhile. */
export async function closeItems(db: Database, versionIds: readonly number[], change: Change): Promise<void> {
  for (let start = 0; start < versionIds.length; start += CHUNK) {
    await db
      .withTables<QualityTables>()
      .updateTable('quality_item')
      .set({ valid_to: change.at, closed_by_id: change.id })
      .where('id', 'in', versionIds.slice(start, start + CHUNK))
      .where('valid_to', 'is', null)
      .execute()
  }
}

export async function findPlaceAtEnd(db: Database, parentId: string, reportId: string): Promise<number> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_item')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('valid_to', 'is', null)
    .where('report_id', '=', reportId)
    .where('parent_id', '=', parentId)
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

/** What a change took away: versions that it ended and that nothing followed. */
export async function findClosedBy(db: Database, changeId: number): Promise<readonly StoredItem[]> {
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_item')
    .selectAll()
    .where('closed_by_id', '=', changeId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(itemOf)
}

/** The report that an item is in, or was in last. */
export async function findReportOfItem(db: Database, id: string): Promise<string | undefined> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_item')
    .select('report_id')
    .where('item_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.report_id
}
