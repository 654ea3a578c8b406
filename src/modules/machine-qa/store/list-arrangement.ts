import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** A member of a list at its place among all members, tests and sublists alike. */
export type PlacedTest = { readonly testId: number; readonly place: number }
export type PlacedSublist = { readonly listId: number; readonly place: number; readonly outline: boolean }

/** The members of a list in their order, with the rows that tie them to it. */
export async function findArrangement(
  db: Database,
  listId: number,
): Promise<{ readonly tests: readonly PlacedTest[]; readonly sublists: readonly PlacedSublist[] }> {
  const tests = await sql<PlacedTest>`
    select test_id as "testId", sort_order as "place" from qa_test_list_membership
    where test_list_id = ${listId} order by sort_order, id`.execute(db)
  const sublists = await sql<{ listId: number; place: number; outline: 0 | 1 }>`
    select child_id as "listId", sort_order as "place", outline from qa_sublist
    where parent_id = ${listId} order by sort_order, id`.execute(db)
  return {
    tests: tests.rows,
    sublists: sublists.rows.map(({ outline, ...rest }) => ({ ...rest, outline: outline === 1 })),
  }
}

/** Makes these the members of a list; members that stay keep their row, whose id others know. */
export async function saveArrangement(
  db: Database,
  listId: number,
  tests: readonly PlacedTest[],
  sublists: readonly PlacedSublist[],
): Promise<void> {
  await removeOthers(
    db,
    { table: 'qa_test_list_membership', list: 'test_list_id', member: 'test_id' },
    listId,
    [...tests.map(({ testId }) => testId)],
  )
  await removeOthers(db, { table: 'qa_sublist', list: 'parent_id', member: 'child_id' }, listId, [
    ...sublists.map((sublist) => sublist.listId),
  ])
  for (const { testId, place } of tests) {
    await sql`insert into qa_test_list_membership (test_list_id, test_id, sort_order)
      values (${listId}, ${testId}, ${place})
      on conflict (test_list_id, test_id) do update set sort_order = excluded.sort_order`.execute(db)
  }
  for (const { listId: childId, place, outline } of sublists) {
    await sql`insert into qa_sublist (parent_id, child_id, sort_order, outline)
      values (${listId}, ${childId}, ${place}, ${outline})
      on conflict (parent_id, child_id) do update set sort_order = excluded.sort_order, outline = excluded.outline`.execute(
      db,
    )
  }
}

type Membership = { readonly table: string; readonly list: string; readonly member: string }

async function removeOthers(
  db: Database,
  { table, list, member }: Membership,
  listId: number,
  kept: readonly number[],
): Promise<void> {
  const others = kept.length === 0 ? sql`` : sql`and ${sql.ref(member)} not in (${sql.join(kept)})`
  await sql`delete from ${sql.table(table)} where ${sql.ref(list)} = ${listId} ${others}`.execute(db)
}

/** @returns whether the list still was in the version that was read; then it is in the next one */
export async function saveListVersion(
  db: Database,
  listId: number,
  version: number,
  stamp: { readonly at: Date; readonly by: number | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update qa_test_list set version = version + 1, modified_at = ${stamp.at}, modified_by_id = ${stamp.by}
    where id = ${listId} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}
