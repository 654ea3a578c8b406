import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { DicomTables } from './tables.ts'

/** Who sees studies, and what is put into the bin. */

export type NamedGroup = { readonly id: number; readonly name: string }

/** The groups of studies, by the study's id. */
export async function findStudyGroups(
  db: Database,
  studyIds: readonly number[],
): Promise<ReadonlyMap<number, readonly NamedGroup[]>> {
  if (studyIds.length === 0) return new Map()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_study_group')
    .innerJoin('access_group', 'access_group.id', 'dicom_study_group.group_id')
    .select(['dicom_study_group.study_id', 'access_group.id', 'access_group.name'])
    .where('dicom_study_group.study_id', 'in', [...studyIds])
    .orderBy('access_group.name')
    .execute()
  return Map.groupBy(rows, (row) => row.study_id)
}

/** Those of the given groups that exist. */
export async function findGroups(db: Database, ids: readonly number[]): Promise<readonly NamedGroup[]> {
  if (ids.length === 0) return []
  return db
    .withTables<DicomTables>()
    .selectFrom('access_group')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
}

/** The group of a name, as an operator types it. */
export async function findGroupNamed(db: Database, name: string): Promise<NamedGroup | undefined> {
  return db
    .withTables<DicomTables>()
    .selectFrom('access_group')
    .select(['id', 'name'])
    .where('name', '=', name)
    .executeTakeFirst()
}

/** Names of people, by id. */
export async function findUserNames(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('access_user')
    .select(['id', 'username', 'first_name', 'last_name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(
    rows.map((row) => [row.id, `${row.first_name} ${row.last_name}`.trim() || row.username] as const),
  )
}

export async function replaceStudyGroups(
  db: Database,
  studyId: number,
  groupIds: readonly number[],
): Promise<void> {
  const tables = db.withTables<DicomTables>()
  await tables.deleteFrom('dicom_study_group').where('study_id', '=', studyId).execute()
  if (groupIds.length === 0) return
  await tables
    .insertInto('dicom_study_group')
    .values([...new Set(groupIds)].map((group_id) => ({ study_id: studyId, group_id })))
    .execute()
}

/** Puts a study into the bin. @returns whether it was not there yet */
export async function binStudy(
  db: Database,
  studyId: number,
  { at, userId, reason }: { readonly at: Date; readonly userId: number | null; readonly reason: string },
): Promise<boolean> {
  const tables = db.withTables<DicomTables>()
  const { numUpdatedRows } = await tables
    .updateTable('dicom_study')
    .set({ deleted_at: at, deleted_by_id: userId, delete_reason: reason })
    .where('id', '=', studyId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tables.updateTable('dicom_instance').set({ is_live: false }).where('study_id', '=', studyId).execute()
  return true
}

/** How many instances of a study were stored anew while it lay in the bin. */
export async function countStoredAnew(db: Database, studyId: number): Promise<number> {
  const { total } = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance as binned')
    .innerJoin('dicom_instance as live', (join) =>
      join.onRef('live.instance_uid', '=', 'binned.instance_uid').on(sql<SqlBool>`live.is_live`),
    )
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('binned.study_id', '=', studyId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Takes a study out of the bin. */
export async function unbinStudy(db: Database, studyId: number): Promise<void> {
  const tables = db.withTables<DicomTables>()
  await tables
    .updateTable('dicom_study')
    .set({ deleted_at: null, deleted_by_id: null, delete_reason: null })
    .where('id', '=', studyId)
    .execute()
  await tables.updateTable('dicom_instance').set({ is_live: true }).where('study_id', '=', studyId).execute()
}
