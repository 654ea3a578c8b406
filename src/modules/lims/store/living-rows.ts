import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'

type Columns = Readonly<Record<string, unknown>>
type AnyTables = Record<string, Record<string, unknown>>

/** Rows a statement may name by their ids. */
const PER_STATEMENT = 400

/** Inserts rows that carry a UID, all with the same columns. @returns their ids in the same order */
export async function insertRows(
  db: Database,
  table: string,
  rows: readonly (Columns & { readonly uid: unknown })[],
): Promise<readonly number[]> {
  await insertMany(db.withTables<AnyTables>(), table, rows)
  const idByUid = new Map<unknown, number>()
  for (let start = 0; start < rows.length; start += PER_STATEMENT) {
    const uids = rows.slice(start, start + PER_STATEMENT).map(({ uid }) => uid)
    const found = await sql<{
      id: number
      uid: string
    }>`select id, uid from ${sql.table(table)} where uid in (${sql.join(uids)})`.execute(db)
    for (const { id, uid } of found.rows) idByUid.set(uid, id)
  }
  return rows.map(({ uid }) => {
    const id = idByUid.get(uid)
    if (id === undefined) throw new Error(`inserting into ${table} gave no id`)
    return id
  })
}

/**
 * Gives the same new values to rows that are in the state they were read in.
 *
 * @returns how many rows there were; fewer than ids means that somebody else was faster
 */
export async function updateRows(
  db: Database,
  table: string,
  ids: readonly number[],
  values: Columns,
  expected: { readonly state?: string; readonly version?: number },
): Promise<number> {
  const sets = [
    ...Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
    sql`version = version + 1`,
  ]
  const guards = Object.entries(expected).map(([name, value]) => sql`and ${sql.ref(name)} = ${value}`)
  let changed = 0
  for (let start = 0; start < ids.length; start += PER_STATEMENT) {
    const some = ids.slice(start, start + PER_STATEMENT)
    const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.join(sets)}
      where id in (${sql.join(some)}) ${sql.join(guards, sql` `)}`.execute(db)
    changed += Number(numAffectedRows ?? 0n)
  }
  return changed
}

export async function deleteRows(db: Database, table: string, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await sql`delete from ${sql.table(table)} where id in (${sql.join(ids)})`.execute(db)
}
