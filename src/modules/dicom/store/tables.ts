import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>

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
}
