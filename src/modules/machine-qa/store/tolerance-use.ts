import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Whether results were judged by a tolerance, or a test on a unit will be. */
export async function isToleranceUsed(db: Database, toleranceId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 as one where exists (select 1 from qa_result where tolerance_id = ${toleranceId})
      or exists (select 1 from qa_unit_test_info where tolerance_id = ${toleranceId})
      or exists (select 1 from qa_unit_test_info_change where tolerance_id = ${toleranceId})`.execute(db)
  return rows.length > 0
}
