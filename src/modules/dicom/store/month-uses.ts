import type { Database } from '../../../platform/database/database.ts'
import type { MeteredResource } from '../domain/metered-resource.ts'
import type { DicomTables } from './tables.ts'

export type DayUse = { readonly day: string; readonly resource: MeteredResource; readonly count: number }

/** What a user used on each day of a month (`YYYY-MM`), oldest first; days and resources without use are left out. */
export async function listMonthUses(db: Database, userId: number, month: string): Promise<readonly DayUse[]> {
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_daily_use')
    .select(['day', 'resource', 'used'])
    .where('user_id', '=', userId)
    .where('day', '>=', `${month}-01`)
    .where('day', '<=', `${month}-31`)
    .orderBy('day')
    .orderBy('resource')
    .execute()
  return rows.flatMap(({ day, resource, used }) =>
    (resource === 'read' || resource === 'generate') && used > 0 ? [{ day, resource, count: used }] : [],
  )
}
