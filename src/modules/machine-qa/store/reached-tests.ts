import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Assignments that reach a test list directly, through a parent list, or through a cycle. */
export async function findAssignmentsReaching(
  db: Database,
  testListIds: readonly number[],
): Promise<number[]> {
  if (testListIds.length === 0) return []
  const { rows } = await sql<{ id: number }>`
    with touched as (
      select id from qa_test_list where id in (${sql.join(testListIds)})
      union select parent_id from qa_sublist where child_id in (${sql.join(testListIds)})
    )
    select id from qa_assignment where test_list_id in (select id from touched)
      or test_list_cycle_id in (select cycle_id from qa_test_list_cycle_membership where test_list_id in (select id from touched))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Assignments of a cycle. */
export async function findAssignmentsOfCycle(db: Database, cycleId: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number
  }>`select id from qa_assignment where test_list_cycle_id = ${cycleId}`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Makes the row that holds reference and tolerance for every test that the assignments reach and whose unit has none
 * yet: tests of the list, of its sublists, of the lists of the cycle and of their sublists. Ids follow the order of
 * unit and test on both databases.
 */
export async function insertMissingUnitTestInfos(
  db: Database,
  assignmentIds: readonly number[],
  stamp: { readonly at: Date; readonly by: number | null },
): Promise<void> {
  if (assignmentIds.length === 0) return
  await sql`
    insert into qa_unit_test_info (unit_id, test_id, active, assigned_to_id, created_at, created_by_id, modified_at, modified_by_id)
    select reached.unit_id, member.test_id, ${true}, min(reached.assigned_to_id),
      ${stamp.at}, ${stamp.by}, ${stamp.at}, ${stamp.by}
    from (
      select assigned.unit_id, assigned.assigned_to_id, coalesce(assigned.test_list_id, turn.test_list_id) as list_id
      from qa_assignment as assigned
      left join qa_test_list_cycle_membership as turn on turn.cycle_id = assigned.test_list_cycle_id
      where assigned.id in (${sql.join(assignmentIds)})
    ) as reached
    join (
      select id as list_id, id as part_id from qa_test_list
      union all select parent_id, child_id from qa_sublist
    ) as part on part.list_id = reached.list_id
    join qa_test_list_membership as member on member.test_list_id = part.part_id
    where not exists (
      select 1 from qa_unit_test_info as known where known.unit_id = reached.unit_id and known.test_id = member.test_id
    )
    group by reached.unit_id, member.test_id
    order by reached.unit_id, member.test_id`.execute(db)
}

/** Gives assignments the present name of their list or cycle. */
export async function renameAssignments(
  db: Database,
  of: 'test_list_id' | 'test_list_cycle_id',
  id: number,
  name: string,
  folded: string,
): Promise<void> {
  await sql`update qa_assignment set name = ${name}, name_folded = ${folded}
    where ${sql.ref(of)} = ${id} and name <> ${name}`.execute(db)
}
