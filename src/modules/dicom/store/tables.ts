import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type MaybeInstant = ColumnType<string | null, Date | null, Date | null>
type Flag = ColumnType<0 | 1, boolean, boolean>

export type DicomTables = {
  dicom_developer: {
    id: Generated<number>
    version: Generated<number>
    user_id: number
    purpose: string | null
    organization: string | null
    organization_folded: string | null
    read_quota: number | null
    generate_quota: number | null
    created_at: Instant
    created_by_id: number | null
    modified_at: Instant
    modified_by_id: number | null
  }
  dicom_monthly_use: { user_id: number; resource: string; month: string; used: number }
  dicom_daily_use: { user_id: number; day: string; resource: string; used: number }
  dicom_study: {
    id: Generated<number>
    study_uid: string
    patient_name: string | null
    patient_name_folded: string | null
    patient_id: string | null
    patient_id_folded: string | null
    patient_birth_date: string | null
    patient_sex: string | null
    study_date: string | null
    study_time: string | null
    accession_number: string | null
    accession_number_folded: string | null
    study_label: string | null
    description: string | null
    description_folded: string | null
    referring_physician: string | null
    referring_physician_folded: string | null
    modalities: Generated<string>
    series_count: Generated<number>
    instance_count: Generated<number>
    size_bytes: Generated<number>
    attributes: string
    created_at: Instant
    created_by_id: number | null
    deleted_at: MaybeInstant
    deleted_by_id: number | null
    delete_reason: string | null
  }
  dicom_study_group: { study_id: number; group_id: number }
  dicom_series: {
    id: Generated<number>
    study_id: number
    series_uid: string
    modality: string | null
    series_number: number | null
    description: string | null
    description_folded: string | null
    body_part: string | null
    performed_date: string | null
    performed_time: string | null
    scheduled_step_id: string | null
    requested_procedure_id: string | null
    manufacturer: string | null
    station_name: string | null
    series_date: string | null
    instance_count: Generated<number>
    attributes: string
  }
  dicom_instance: {
    id: Generated<number>
    study_id: number
    series_id: number
    instance_uid: string
    is_live: Flag
    sop_class_uid: string
    transfer_syntax_uid: string
    instance_number: number | null
    position_mm: number | null
    rows: number | null
    columns: number | null
    bits_allocated: number | null
    number_of_frames: number | null
    frames: number
    problem: string | null
    pixels: string | null
    sha256: string
    size_bytes: number
    created_at: Instant
  }
  dicom_instance_model: { instance_id: number; model: string; bulk: string }
  /** of the access module: only names */
  access_user: { id: number; username: string; first_name: string; last_name: string }
  access_group: { id: number; name: string }
}
