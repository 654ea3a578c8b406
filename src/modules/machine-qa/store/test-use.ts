import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { Reference } from '../domain/reference.ts'

/** Whether a test has results on any unit, voided ones included: they stay readable too. */
export async function hasResults(db: Database, testId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 as one from qa_unit_test_info as i join qa_result as r on r.unit_test_info_id = i.id
    where i.test_id = ${testId} limit 1`.execute(db)
  return rows.length > 0
}

/** The references that are set for a test, on any unit. */
export async function findReferencesOfTest(db: Database, testId: number): Promise<Reference[]> {
  const { rows } = await sql<{ type: Reference['kind']; value: number }>`
    select r.type, r.value from qa_unit_test_info as i join qa_reference as r on r.id = i.reference_id
    where i.test_id = ${testId}`.execute(db)
  return rows.map(({ type, value }) => ({ kind: type, value }))
}

/**
 * Names of the lists that are performed with a test, directly or in a sublist, and that have another test with the
 * same macro name.
 */
export async function findListsWithMacro(
  db: Database,
  macro: string,
  testId: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with holding as (
      select test_list_id as id from qa_test_list_membership where test_id = ${testId}
    ), performed as (
      select id from holding union select parent_id from qa_sublist where child_id in (select id from holding)
    ), part as (
      select id as list_id, id as part_id from performed
      union all select parent_id, child_id from qa_sublist where parent_id in (select id from performed)
    )
    select distinct l.name from part
    join qa_test_list_membership as m on m.test_list_id = part.part_id
    join qa_test as t on t.id = m.test_id
    join qa_test_list as l on l.id = part.list_id
    where t.slug = ${macro} and t.id <> ${testId} order by l.name limit ${limit}`.execute(db)
  return rows.map(({ name }) => name)
}
