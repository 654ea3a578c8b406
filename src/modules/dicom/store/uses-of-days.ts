import type { Database } from '../../../platform/database/database.ts'
import type { MeteredResource } from '../domain/metered-resource.ts'
import type { DicomTables } from './tables.ts'

export type DayUse = { readonly day: string; readonly resource: MeteredResource; readonly count: number }

/** A span of days, both included. */
export type Days = { readonly first: string; readonly last: string }

/** What a user used on each of these days, oldest first; days and resources without use are left out. */
export async function listUsesOfDays(
  db: Database,
  userId: number,
  { first, last }: Days,
): Promise<readonly DayUse[]> {
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_daily_use')
    .select(['day', 'resource', 'used'])
    .where('user_id', '=', userId)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .orderBy('day')
    .orderBy('resource')
    .execute()
  return rows.flatMap(({ day, resource, used }) =>
    (resource === 'read' || resource === 'generate') && used > 0 ? [{ day, resource, count: used }] : [],
  )
}
