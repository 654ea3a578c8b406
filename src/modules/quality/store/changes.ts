import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { QualityTables } from './tables.ts'

/** One line of the changelog. */
export type ChangeEntry = {
  readonly id: number
  readonly at: Date
  readonly authorName: string
  readonly authorEmail: string
  readonly action: string
  readonly itemId: string
  readonly description: string
}

export type NewChange = Omit<ChangeEntry, 'id'> & {
  readonly authorId: number | null
  /** every item that it touches, with what they are in */
  readonly itemIds: readonly string[]
}

export async function insertChange(db: Database, change: NewChange): Promise<number> {
  const tables = db.withTables<QualityTables>()
  const { id } = await tables
    .insertInto('quality_change')
    .values({
      at: change.at,
      author_id: change.authorId,
      author_name: change.authorName,
      author_email: change.authorEmail,
      action: change.action,
      item_id: change.itemId,
      description: change.description,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = [...new Set(change.itemIds)].map((item_id) => ({ item_id, change_id: id }))
  await insertMany(tables, 'quality_change_item', rows)
  return id
}

const ENTRY = ['id', 'at', 'author_name', 'author_email', 'action', 'item_id', 'description'] as const

/** What happened to an item and in it, the latest first. */
export async function findChangesOf(
  db: Database,
  itemIds: readonly string[],
  limit: number,
  before?: number,
): Promise<readonly ChangeEntry[]> {
  let query = db
    .withTables<QualityTables>()
    .selectFrom('quality_change')
    .select(ENTRY)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('quality_change_item')
        .select('change_id')
        .where('item_id', 'in', itemIds.length > 0 ? itemIds : ['']),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('id', '<', before)
  return (await query.execute()).map(entryOf)
}

export async function findChanges(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ChangeEntry & { readonly itemIds: readonly string[] }>> {
  if (ids.length === 0) return new Map()
  const tables = db.withTables<QualityTables>()
  const rows = await tables.selectFrom('quality_change').select(ENTRY).where('id', 'in', ids).execute()
  const items = await tables
    .selectFrom('quality_change_item')
    .selectAll()
    .where('change_id', 'in', ids)
    .execute()
  const byChange = Map.groupBy(items, ({ change_id }) => change_id)
  return new Map(
    rows.map((row) => [
      row.id,
      { ...entryOf(row), itemIds: (byChange.get(row.id) ?? []).map(({ item_id }) => item_id).sort() },
    ]),
  )
}

/** The latest change of a report and of everything in it. */
export async function findLatestChanges(
  db: Database,
  reportIds: readonly string[],
  at?: Date,
): Promise<ReadonlyMap<string, number>> {
  if (reportIds.length === 0) return new Map()
  let query = db
    .withTables<QualityTables>()
    .selectFrom('quality_change_item')
    .innerJoin('quality_change', 'quality_change.id', 'quality_change_item.change_id')
    .select((eb) => ['quality_change_item.item_id', eb.fn.max('quality_change.id').as('latest')])
    .where('quality_change_item.item_id', 'in', reportIds)
    .groupBy('quality_change_item.item_id')
  if (at) query = query.where('quality_change.at', '<=', at.toISOString())
  const rows = await query.execute()
  return new Map(rows.map(({ item_id, latest }) => [item_id, Number(latest)]))
}

/** Deletions in a report, the latest first. */
export async function findDeletions(
  db: Database,
  reportId: string,
  limit: number,
): Promise<readonly ChangeEntry[]> {
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_change')
    .innerJoin('quality_change_item', 'quality_change_item.change_id', 'quality_change.id')
    .select(['id', 'at', 'author_name', 'author_email', 'action', 'quality_change.item_id', 'description'])
    .where('quality_change_item.item_id', '=', reportId)
    .where('action', 'in', ['delete-report', 'delete-subject', 'delete-metric', 'delete-source'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

function entryOf(row: {
  readonly id: number
  readonly at: string
  readonly author_name: string
  readonly author_email: string
  readonly action: string
  readonly item_id: string
  readonly description: string
}): ChangeEntry {
  return {
    id: row.id,
    at: new Date(row.at),
    authorName: row.author_name,
    authorEmail: row.author_email,
    action: row.action,
    itemId: row.item_id,
    description: row.description,
  }
}
