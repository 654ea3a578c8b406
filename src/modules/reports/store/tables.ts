import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type OptionalInstant = ColumnType<string | null, Date | null, Date | null>
type Flag = ColumnType<0 | 1, boolean, boolean>

export type ReportTables = {
  reports_series: { kind: string; year: number; last: number }
  reports_document: {
    id: Generated<number>
    kind: string
    number: string
    number_folded: string
    year: number
    position: number
    revision: number
    title: string
    title_folded: string
    subject_record: string | null
    subject_id: string | null
    scope: string | null
    media_type: string
    file_name: string
    size: number
    sha256: string
    issued_at: Instant
    issued_by_id: number | null
    issued_by: string
    supersedes_id: number | null
  }
  reports_saved: {
    id: Generated<number>
    version: number
    owner_id: number
    title: string
    title_folded: string
    kind: string
    format: 'pdf' | 'xlsx' | 'csv'
    filters: string
    notes: string
    signature: Flag
    visibility: 'owner' | 'groups' | 'everybody'
    recurrence: string | null
    minute_of_day: number | null
    addresses: string
    send_empty: Flag
    next_run_at: OptionalInstant
    created_at: Instant
    modified_at: Instant
    modified_by_id: number | null
  }
  reports_saved_group: { report_id: number; group_id: number; role: 'sees' | 'receives' }
  reports_saved_user: { report_id: number; user_id: number }
  reports_run: {
    id: Generated<number>
    report_id: number | null
    kind: string
    title: string
    format: string
    scheduled_for: OptionalInstant
    started_at: Instant
    finished_at: OptionalInstant
    by_id: number | null
    state: 'waiting' | 'running' | 'done' | 'empty' | 'failed'
    attempts: number
    retry_at: OptionalInstant
    problem: string | null
    row_count: number | null
    recipients: number | null
    sha256: string | null
    file_name: string | null
    size: number | null
  }
}
