import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { AccessTables } from './tables.ts'

/** The number under which what everybody may do was last read; it changes with every change of that. */
export async function findEpoch(db: Database): Promise<number> {
  const [row] = await EPOCH(db)
  if (!row) throw new Error('The database has no epoch of permissions.')
  return row.epoch
}

const EPOCH = preparedStatement<{ readonly epoch: number }, []>(
  () => sql`select epoch from access_epoch where id = 1`,
)

/**
 * Makes every server read anew what everybody may do, once the transaction commits. Of two transactions that do
 * this the second waits for the first and then sees what it stored.
 */
export async function raiseEpoch(db: Database): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_epoch')
    .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
    .where('id', '=', 1)
    .execute()
}
