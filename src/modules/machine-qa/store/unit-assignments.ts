import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** What is assigned to a unit. */
export type UnitAssignment = {
  readonly id: number
  readonly unitId: number
  readonly name: string
  readonly testListId: number | null
  readonly testListCycleId: number | null
  readonly frequencyId: number | null
}

/** The assignments of units, without retired ones. */
export async function findAssignmentsOfUnits(
  db: Database,
  unitIds: readonly number[],
): Promise<UnitAssignment[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<UnitAssignment>`
    select id, unit_id as "unitId", coalesce(name, '') as name, test_list_id as "testListId",
      test_list_cycle_id as "testListCycleId", frequency_id as "frequencyId"
    from qa_assignment where unit_id in (${sql.join([...unitIds])}) and retired_at is null order by id`.execute(
    db,
  )
  return rows
}
