import { type ExpressionBuilder, type ExpressionWrapper, type Selectable, type SqlBool, sql } from 'kysely'
import type { StoredInstance, StoredSeries, StoredStudy } from '../domain/stored-study.ts'
import type { StudyScope } from '../domain/study-scope.ts'
import type { DicomTables } from './tables.ts'

/** What rows of the image store become. */

/** Not in the bin. */
export const IS_LIVE = sql<SqlBool>`dicom_instance.is_live`

type StudyBuilder = ExpressionBuilder<DicomTables, 'dicom_study'>

/** The condition on studies that a scope stands for. */
export function inScope(
  eb: StudyBuilder,
  scope: StudyScope,
): ExpressionWrapper<DicomTables, 'dicom_study', SqlBool> {
  if (scope.kind === 'all') return eb.and([])
  if (scope.kind === 'none') return eb.or([])
  const own = eb('dicom_study.created_by_id', '=', scope.userId)
  if (scope.groupIds.length === 0) return eb.and([own])
  const shared = eb(
    'dicom_study.id',
    'in',
    eb
      .selectFrom('dicom_study_group')
      .select('study_id')
      .where('group_id', 'in', [...scope.groupIds]),
  )
  return eb.or([own, shared])
}

export function toStudy(row: Selectable<DicomTables['dicom_study']>): StoredStudy {
  return {
    id: row.id,
    uid: row.study_uid,
    patientName: row.patient_name,
    patientId: row.patient_id,
    patientBirthDate: row.patient_birth_date,
    patientSex: row.patient_sex,
    date: row.study_date,
    time: row.study_time,
    accessionNumber: row.accession_number,
    label: row.study_label,
    description: row.description,
    referringPhysician: row.referring_physician,
    modalities: splitModalities(row.modalities),
    seriesCount: row.series_count,
    instanceCount: row.instance_count,
    sizeBytes: row.size_bytes,
    attributes: row.attributes,
    storedAt: new Date(row.created_at),
    storedById: row.created_by_id,
    deleted:
      row.deleted_at === null
        ? null
        : { at: new Date(row.deleted_at), byId: row.deleted_by_id, reason: row.delete_reason ?? '' },
  }
}

/** `\CT\SEG\` as a list. */
export function splitModalities(text: string): readonly string[] {
  return text.split('\\').filter((modality) => modality !== '')
}

export function toSeries(row: Selectable<DicomTables['dicom_series']>): StoredSeries {
  return {
    id: row.id,
    studyId: row.study_id,
    uid: row.series_uid,
    modality: row.modality,
    number: row.series_number,
    description: row.description,
    bodyPart: row.body_part,
    date: row.series_date,
    performedDate: row.performed_date,
    performedTime: row.performed_time,
    manufacturer: row.manufacturer,
    stationName: row.station_name,
    instanceCount: row.instance_count,
    attributes: row.attributes,
  }
}

/** Everything of an instance but what only its viewer needs. */
export const INSTANCE_COLUMNS = [
  'dicom_instance.id',
  'dicom_instance.study_id',
  'dicom_instance.series_id',
  'dicom_instance.instance_uid',
  'dicom_instance.sop_class_uid',
  'dicom_instance.transfer_syntax_uid',
  'dicom_instance.instance_number',
  'dicom_instance.rows',
  'dicom_instance.columns',
  'dicom_instance.bits_allocated',
  'dicom_instance.number_of_frames',
  'dicom_instance.frames',
  'dicom_instance.problem',
  'dicom_instance.sha256',
  'dicom_instance.size_bytes',
] as const

type InstanceRow = Omit<
  Selectable<DicomTables['dicom_instance']>,
  'is_live' | 'position_mm' | 'pixels' | 'created_at'
>

export function toInstance(row: InstanceRow): StoredInstance {
  return {
    id: row.id,
    studyId: row.study_id,
    seriesId: row.series_id,
    uid: row.instance_uid,
    sopClassUid: row.sop_class_uid,
    transferSyntaxUid: row.transfer_syntax_uid,
    number: row.instance_number,
    rows: row.rows,
    columns: row.columns,
    bitsAllocated: row.bits_allocated,
    numberOfFrames: row.number_of_frames,
    frames: row.frames,
    problem: row.problem,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
  }
}
