import type { Database } from '../../../platform/database/database.ts'
import type { MeteredResource } from '../domain/metered-resource.ts'
import type { DicomTables } from './tables.ts'

export type Use = {
  readonly userId: number
  readonly resource: MeteredResource
  /** `YYYY-MM-DD` in the zone of the site */
  readonly day: string
}

/**
 * Counts one use unless the quota is used up; one statement compares and increments, so that several servers agree.
 *
 * @returns uses of the month with this one; undefined if there was none left
 */
export async function takeUse(db: Database, use: Use, quota: number): Promise<number | undefined> {
  if (quota < 1) return undefined
  const { userId: user_id, resource } = use
  const month = use.day.slice(0, 7)
  const row = await db
    .withTables<DicomTables>()
    .insertInto('dicom_monthly_use')
    .values({ user_id, resource, month, used: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'resource', 'month'])
        .doUpdateSet((eb) => ({ used: eb('dicom_monthly_use.used', '+', 1) }))
        .where('dicom_monthly_use.used', '<', quota),
    )
    .returning('used')
    .executeTakeFirst()
  if (!row) return undefined
  await addDailyUses(db, use, 1)
  return row.used
}

/** Takes a use back that came to nothing through no fault of its caller. */
export async function returnUse(db: Database, use: Use): Promise<void> {
  await db
    .withTables<DicomTables>()
    .updateTable('dicom_monthly_use')
    .set((eb) => ({ used: eb('used', '-', 1) }))
    .where('user_id', '=', use.userId)
    .where('resource', '=', use.resource)
    .where('month', '=', use.day.slice(0, 7))
    .execute()
  await addDailyUses(db, use, -1)
}

async function addDailyUses(db: Database, { userId, resource, day }: Use, count: number): Promise<void> {
  await db
    .withTables<DicomTables>()
    .insertInto('dicom_daily_use')
    .values({ user_id: userId, resource, day, used: Math.max(0, count) })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'day', 'resource'])
        .doUpdateSet((eb) => ({ used: eb('dicom_daily_use.used', '+', count) })),
    )
    .execute()
}

/** Adds uses of another system, or of a demonstration, without asking for the quota. */
export async function addUses(db: Database, use: Use, count: number): Promise<void> {
  const { userId: user_id, resource } = use
  await db
    .withTables<DicomTables>()
    .insertInto('dicom_monthly_use')
    .values({ user_id, resource, month: use.day.slice(0, 7), used: count })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'resource', 'month'])
        .doUpdateSet((eb) => ({ used: eb('dicom_monthly_use.used', '+', count) })),
    )
    .execute()
  await addDailyUses(db, use, count)
}

/** Uses of a month so far. */
export async function countUses(db: Database, { userId, resource, day }: Use): Promise<number> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_monthly_use')
    .select('used')
    .where('user_id', '=', userId)
    .where('resource', '=', resource)
    .where('month', '=', day.slice(0, 7))
    .executeTakeFirst()
  return row?.used ?? 0
}

/** Uses of every resource together on each day that had any, oldest first. */
export async function listDailyUses(
  db: Database,
  userId: number,
): Promise<readonly { readonly day: string; readonly count: number }[]> {
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_daily_use')
    .select((eb) => ['day', eb.fn.sum<number>('used').as('count')])
    .where('user_id', '=', userId)
    .groupBy('day')
    .orderBy('day')
    .execute()
  return rows.map(({ day, count }) => ({ day, count: Number(count) })).filter(({ count }) => count > 0)
}
