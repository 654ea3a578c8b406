import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { SavedView } from '../domain/saved-view.ts'
import type { WorkspaceTables } from './tables.ts'

/** What a view says, without what the database adds. */
export type SavedViewValues = Omit<SavedView, 'id' | 'version' | 'owner'>

export type Stamp = { readonly at: Date; readonly by: number | null }

/** Views of a list that a user has as tabs: own and shared ones. */
export async function findSavedViews(db: Database, list: string, userId: number): Promise<SavedView[]> {
  const rows = await db
    .withTables<WorkspaceTables>()
    .selectFrom('workspace_saved_view')
    .selectAll()
    .where('list', '=', list)
    .where((eb) => eb.or([eb('owner_id', '=', userId), eb('shared', '=', sql<number>`${true}`)]))
    .orderBy('position')
    .orderBy('name_folded')
    .orderBy('id')
    .execute()
  return rows.map(toView)
}

export async function findSavedView(db: Database, id: number): Promise<SavedView | undefined> {
  const row = await db
    .withTables<WorkspaceTables>()
    .selectFrom('workspace_saved_view')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toView(row)
}

export async function countSavedViewsOf(db: Database, ownerId: number): Promise<number> {
  const { count } = await db
    .withTables<WorkspaceTables>()
    .selectFrom('workspace_saved_view')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow()
  return count
}

export async function insertSavedView(
  db: Database,
  ownerId: number,
  values: SavedViewValues,
  { at, by }: Stamp,
): Promise<number> {
  const { id } = await db
    .withTables<WorkspaceTables>()
    .insertInto('workspace_saved_view')
    .values({
      ...columnsOf(values),
      owner_id: ownerId,
      created_at: at,
      created_by_id: by,
      modified_at: at,
      modified_by_id: by,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns whether the view still was in `version` */
export async function updateSavedView(
  db: Database,
  id: number,
  version: number,
  values: SavedViewValues,
  { at, by }: Stamp,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<WorkspaceTables>()
    .updateTable('workspace_saved_view')
    .set({ ...columnsOf(values), modified_at: at, modified_by_id: by, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deleteSavedView(db: Database, id: number): Promise<void> {
  await db.withTables<WorkspaceTables>().deleteFrom('workspace_saved_view').where('id', '=', id).execute()
}

function columnsOf({ list, name, query, shared, position }: SavedViewValues) {
  return {
    list,
    list_folded: fold(list),
    name,
    name_folded: fold(name),
    query,
    query_folded: fold(query),
    shared,
    position,
  }
}

function toView(row: Selectable<WorkspaceTables['workspace_saved_view']>): SavedView {
  return {
    id: row.id,
    version: row.version,
    owner: row.owner_id,
    list: row.list,
    name: row.name,
    query: row.query,
    shared: row.shared === 1,
    position: row.position,
  }
}
