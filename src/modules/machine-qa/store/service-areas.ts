import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Whether any service event is about an area of a unit. */
export async function hasEvents(db: Database, unitServiceAreaId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 as one from qa_service_event where unit_service_area_id = ${unitServiceAreaId} limit 1`.execute(
    db,
  )
  return rows.length > 0
}
