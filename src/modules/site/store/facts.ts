import type { Database } from '../../../platform/database/database.ts'

export type SiteTables = { site_fact: { name: string; value: string; decided_at: string | Date } }

export async function findFact(db: Database, name: string): Promise<string | undefined> {
  const row = await db
    .withTables<SiteTables>()
    .selectFrom('site_fact')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Decides a fact unless it is decided already; of two servers that start at once one decides for both. */
export async function decideFact(db: Database, name: string, value: string, at: Date): Promise<void> {
  await db
    .withTables<SiteTables>()
    .insertInto('site_fact')
    .values({ name, value, decided_at: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

export async function replaceFact(db: Database, name: string, value: string, at: Date): Promise<void> {
  await db
    .withTables<SiteTables>()
    .updateTable('site_fact')
    .set({ value, decided_at: at })
    .where('name', '=', name)
    .execute()
}
