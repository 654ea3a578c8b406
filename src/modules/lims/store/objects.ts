import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { LimsTables } from './tables.ts'

/** Where an object is found: its type and the id of its row. */
export type ObjectEntry = {
  readonly uid: string
  readonly path: string
  readonly type: string
  readonly rowId: number
}

export async function insertObjects(db: Database, entries: readonly ObjectEntry[]): Promise<void> {
  await insertMany(
    db.withTables<LimsTables>(),
    'lims_object',
    entries.map(({ uid, path, type, rowId }) => ({ uid, path, type, row_id: rowId })),
  )
}

/** Objects by UID or by path, in no particular order; what is unknown is left out. */
export async function findObjects(
  db: Database,
  by: { readonly uids: readonly string[] } | { readonly paths: readonly string[] },
): Promise<readonly ObjectEntry[]> {
  const [column, values] = 'uids' in by ? (['uid', by.uids] as const) : (['path', by.paths] as const)
  if (values.length === 0) return []
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_object')
    .selectAll()
    .where(column, 'in', values)
    .execute()
  return rows.map(({ uid, path, type, row_id }) => ({ uid, path, type, rowId: row_id }))
}

/** Another path for an object, and for everything inside it. */
export async function moveObject(db: Database, uid: string, before: string, after: string): Promise<void> {
  await db
    .withTables<LimsTables>()
    .updateTable('lims_object')
    .set({ path: after })
    .where('uid', '=', uid)
    .execute()
  await sql`update lims_object set path = ${after} || substr(path, ${before.length + 1})
    where path >= ${`${before}/`} and path < ${`${before}0`}`.execute(db)
}

export async function deleteObject(db: Database, uid: string): Promise<void> {
  await db.withTables<LimsTables>().deleteFrom('lims_object').where('uid', '=', uid).execute()
}
