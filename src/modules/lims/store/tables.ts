import type { ColumnType, Generated, Insertable } from 'kysely'
import type {
  AnalysisKind,
  AnalysisState,
  RequestState,
  SampleState,
  WorksheetState,
} from '../domain/workflow/states.ts'

type OptionalInstant = ColumnType<string | null, Date | null, Date | null>
type Flag = ColumnType<0 | 1, boolean, boolean>

/** The columns that the stores of this module name; set-up is written by the generic verbs. */
export type LimsTables = {
  lims_object: { uid: string; path: string; type: string; row_id: number }
  lims_counter: { name: string; value: number }
  lims_sample: {
    id: Generated<number>
    state: SampleState
    cancelled: Flag
    sampler: string | null
    scheduled_sampling_sampler: string | null
    sampling_date: OptionalInstant
    date_sampled: OptionalInstant
    date_received: OptionalInstant
    date_expired: OptionalInstant
    date_disposed: OptionalInstant
    rejection_reasons: string
  }
  lims_partition: {
    id: Generated<number>
    sample_id: number
    state: SampleState
    cancelled: Flag
    container_id: number | null
    preservation_id: number | null
    date_preserved: OptionalInstant
    preserver: string | null
  }
  lims_container: { id: Generated<number>; pre_preserved: Flag }
  lims_request: {
    id: Generated<number>
    sample_id: number
    state: RequestState
    cancelled: Flag
    assigned: Flag
    date_received: OptionalInstant
    date_verified: OptionalInstant
    date_published: OptionalInstant
    due_date: OptionalInstant
    rejection_reasons: string
  }
  lims_analysis: {
    id: Generated<number>
    kind: AnalysisKind
    request_id: number | null
    partition_id: number | null
    worksheet_id: number | null
    position: number | null
    original_id: number | null
    retest_of_id: number | null
    object_id: string
    keyword: string
    point_of_capture: 'lab' | 'field'
    state: AnalysisState
    cancelled: Flag
    retested: Flag
    result: string
    interims: string
    snapshot: string
    analyst: string | null
    due_date: OptionalInstant
    submitted_by_id: number | null
    submitted_at: OptionalInstant
    verificators: string
    verified_at: OptionalInstant
    date_published: OptionalInstant
    required_verifications: number
    may_verify_own: Flag
  }
  lims_attachment: { id: Generated<number>; analysis_id: number | null }
  lims_worksheet: { id: Generated<number>; state: WorksheetState; analyst: string | null }
}

export type NewObjectRow = Insertable<LimsTables['lims_object']>
