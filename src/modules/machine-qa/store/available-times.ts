import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Hours of a unit of which nobody said otherwise: Monday to Friday. */
export async function insertUsualHours(
  db: Database,
  unitId: number,
  from: string,
  workdayS: number,
  stamp: { readonly at: Date; readonly by: number | null },
): Promise<void> {
  await sql`insert into qa_available_time (unit_id, date_changed, hours_sunday, hours_monday, hours_tuesday, hours_wednesday,
      hours_thursday, hours_friday, hours_saturday, created_at, created_by_id, modified_at, modified_by_id)
    values (${unitId}, ${from}, 0, ${workdayS}, ${workdayS}, ${workdayS}, ${workdayS}, ${workdayS}, 0,
      ${stamp.at}, ${stamp.by}, ${stamp.at}, ${stamp.by})`.execute(db)
}

/** The hours in force on a day begin on that day, and nothing before it is kept. */
export async function beginHoursOn(db: Database, unitId: number, day: string): Promise<void> {
  await sql`delete from qa_available_time where unit_id = ${unitId} and date_changed < (
      select max(date_changed) from qa_available_time where unit_id = ${unitId} and date_changed <= ${day})`.execute(
    db,
  )
  await sql`update qa_available_time set date_changed = ${day} where id = (
      select id from qa_available_time where unit_id = ${unitId} order by date_changed limit 1)`.execute(db)
  await sql`delete from qa_available_time_edit where unit_id = ${unitId} and date < ${day}`.execute(db)
}

/** The next free number of a unit. */
export async function nextUnitNumber(db: Database): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`select max(number) as last from qa_unit`.execute(db)
  return (rows[0]?.last ?? 0) + 1
}
