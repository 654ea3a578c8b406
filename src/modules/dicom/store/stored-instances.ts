import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { InstanceFacts, InstanceIndex, SeriesFacts, StudyFacts } from '../domain/instance-index.ts'
import type { PlacedInstance, StoredStudy } from '../domain/stored-study.ts'
import type { StudyScope } from '../domain/study-scope.ts'
import { INSTANCE_COLUMNS, IS_LIVE, inScope, toInstance, toStudy } from './study-rows.ts'
import type { DicomTables } from './tables.ts'

/** What taking in an instance needs: look-ups that ignore who sees what, and the rows of all levels. */

export async function findLiveInstance(db: Database, uid: string): Promise<PlacedInstance | undefined> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance')
    .innerJoin('dicom_study', 'dicom_study.id', 'dicom_instance.study_id')
    .innerJoin('dicom_series', 'dicom_series.id', 'dicom_instance.series_id')
    .select([...INSTANCE_COLUMNS, 'dicom_study.study_uid', 'dicom_series.series_uid'])
    .where('dicom_instance.instance_uid', '=', uid)
    .where(IS_LIVE)
    .executeTakeFirst()
  return row && { ...toInstance(row), studyUid: row.study_uid, seriesUid: row.series_uid }
}

/** A study that is not in the bin, and whether it lies in the scope. */
export async function findLiveStudy(
  db: Database,
  uid: string,
  scope: StudyScope,
): Promise<{ readonly study: StoredStudy; readonly isVisible: boolean } | undefined> {
  const live = db
    .withTables<DicomTables>()
    .selectFrom('dicom_study')
    .selectAll()
    .where('study_uid', '=', uid)
    .where('deleted_at', 'is', null)
  const row = await live.executeTakeFirst()
  if (!row) return undefined
  const visible = await live.where((eb) => inScope(eb, scope)).executeTakeFirst()
  return { study: toStudy(row), isVisible: visible !== undefined }
}

export type StoredBy = {
  readonly at: Date
  readonly userId: number | null
  readonly groupIds: readonly number[]
}

/** Inserts a study with the groups that see it; undefined if another request was faster. */
export async function insertStudy(
  db: Database,
  study: StudyFacts,
  { at, userId, groupIds }: StoredBy,
): Promise<number | undefined> {
  const tables = db.withTables<DicomTables>()
  const row = await tables
    .insertInto('dicom_study')
    .values({ ...studyColumns(study), created_at: at, created_by_id: userId })
    .onConflict((conflict) => conflict.column('study_uid').where('deleted_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return undefined
  if (groupIds.length > 0) {
    await tables
      .insertInto('dicom_study_group')
      .values([...new Set(groupIds)].map((group_id) => ({ study_id: row.id, group_id })))
      .execute()
  }
  return row.id
}

function studyColumns(study: StudyFacts) {
  return {
    study_uid: study.uid,
    ...folded('patient_name', study.patientName),
    ...folded('patient_id', study.patientId),
    patient_birth_date: study.patientBirthDate,
    patient_sex: study.patientSex,
    study_date: study.date,
    study_time: study.time,
    ...folded('accession_number', study.accessionNumber),
    study_label: study.label,
    ...folded('description', study.description),
    ...folded('referring_physician', study.referringPhysician),
    attributes: JSON.stringify(study.attributes),
  }
}

type Folded<Name extends string> = { [K in Name | `${Name}_folded`]: string | null }

function folded<Name extends string>(name: Name, text: string | null): Folded<Name> {
  return { [name]: text, [`${name}_folded`]: text === null ? null : fold(text) } as Folded<Name>
}

/** The id of a series of a study, which is made when it is new. */
export async function ensureSeries(
  db: Database,
  studyId: number,
  series: SeriesFacts,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const tables = db.withTables<DicomTables>()
  const made = await tables
    .insertInto('dicom_series')
    .values({
      study_id: studyId,
      series_uid: series.uid,
      modality: series.modality,
      series_number: series.number,
      ...folded('description', series.description),
      body_part: series.bodyPart,
      performed_date: series.performedDate,
      performed_time: series.performedTime,
      scheduled_step_id: series.scheduledStepId,
      requested_procedure_id: series.requestedProcedureId,
      manufacturer: series.manufacturer,
      station_name: series.stationName,
      series_date: series.date,
      attributes: JSON.stringify(series.attributes),
    })
    .onConflict((conflict) => conflict.columns(['study_id', 'series_uid']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return { id: made.id, isNew: true }
  const { id } = await tables
    .selectFrom('dicom_series')
    .select('id')
    .where('study_id', '=', studyId)
    .where('series_uid', '=', series.uid)
    .executeTakeFirstOrThrow()
  return { id, isNew: false }
}

export type InstancePlace = { readonly studyId: number; readonly seriesId: number }
export type StoredContent = { readonly sha256: string; readonly size: number; readonly at: Date }

/** Inserts an instance with its model; undefined if another request was faster. */
export async function insertInstance(
  db: Database,
  { studyId, seriesId }: InstancePlace,
  { instance, model, bulk }: Pick<InstanceIndex, 'instance' | 'model' | 'bulk'>,
  { sha256, size, at }: StoredContent,
): Promise<number | undefined> {
  const tables = db.withTables<DicomTables>()
  const row = await tables
    .insertInto('dicom_instance')
    .values({
      study_id: studyId,
      series_id: seriesId,
      ...instanceColumns(instance),
      is_live: true,
      sha256,
      size_bytes: size,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('instance_uid').where(sql<SqlBool>`is_live`).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return undefined
  await tables
    .insertInto('dicom_instance_model')
    .values({ instance_id: row.id, model, bulk: JSON.stringify(bulk) })
    .execute()
  return row.id
}

function instanceColumns(instance: InstanceFacts) {
  return {
    instance_uid: instance.uid,
    sop_class_uid: instance.sopClassUid,
    transfer_syntax_uid: instance.transferSyntaxUid,
    instance_number: instance.number,
    position_mm: instance.positionMm,
    rows: instance.rows,
    columns: instance.columns,
    bits_allocated: instance.bitsAllocated,
    number_of_frames: instance.numberOfFrames,
    frames: instance.frames,
    problem: instance.problem,
    pixels: instance.pixels && JSON.stringify(instance.pixels),
  }
}

/** Counts an instance where it was added. */
export async function countInstance(
  db: Database,
  { studyId, seriesId }: InstancePlace,
  added: { readonly bytes: number; readonly series: 0 | 1; readonly modality: string | null },
): Promise<void> {
  const tables = db.withTables<DicomTables>()
  await tables
    .updateTable('dicom_series')
    .set((eb) => ({ instance_count: eb('instance_count', '+', 1) }))
    .where('id', '=', seriesId)
    .execute()
  await tables
    .updateTable('dicom_study')
    .set((eb) => ({
      instance_count: eb('instance_count', '+', 1),
      series_count: eb('series_count', '+', added.series),
      size_bytes: eb('size_bytes', '+', added.bytes),
    }))
    .where('id', '=', studyId)
    .execute()
  if (added.series === 0 || !added.modality) return
  const word = `\\${added.modality}\\`
  const { modalities } = await tables
    .selectFrom('dicom_study')
    .select('modalities')
    .where('id', '=', studyId)
    .executeTakeFirstOrThrow()
  if (modalities.includes(word)) return
  await tables
    .updateTable('dicom_study')
    .set({ modalities: `${modalities}${added.modality}\\` })
    .where('id', '=', studyId)
    .execute()
}

/** Which contents instances still name, in the bin or not. */
export async function findReferredContents(db: Database, sha256: readonly string[]): Promise<Set<string>> {
  if (sha256.length === 0) return new Set()
  const rows = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_instance')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', [...sha256])
    .execute()
  return new Set(rows.map((row) => row.sha256))
}
