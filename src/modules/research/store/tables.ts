import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type Flag = ColumnType<number, boolean, boolean>

/** Tables that no record describes, and the columns of described ones that statements of this module name. */
export type ResearchTables = {
  research_sample: {
    id: number
    sample_id: string
    name: string
    parent_id: number | null
    project_id: number
    sample_type_id: number
    type_version_id: number
    method_id: number | null
    date_created: string
    state: string
    info: string
    amount: string | null
    info_file: string | null
    supplementary_file: string | null
    revision: number
    binned_at: ColumnType<string | null, Date | null, Date | null>
    binned_by_id: number | null
    created_at: Instant
    modified_at: Instant
  }
  research_experiment: {
    id: number
    name: string
    sample_id: number
    project_id: number
    method_id: number
    date_created: string
    experiment_file: string | null
    binned_at: ColumnType<string | null, Date | null, Date | null>
    binned_by_id: number | null
  }
  research_run: {
    id: Generated<number>
    name: string
    kind: string
    project_id: number
    method_id: number | null
    experiment_id: number | null
    performed_on: string
  }
  research_run_input: {
    id: Generated<number>
    run_id: number
    sample_id: number
    position: number
    amount: string | null
    consumed: Flag
  }
  research_run_output: {
    id: Generated<number>
    run_id: number
    sample_id: number
    position: number
    amount: string | null
  }
  research_file: {
    id: Generated<number>
    kind: string
    sample_id: number | null
    experiment_id: number | null
    method_id: number | null
    project_id: number | null
    name: string
    sha256: string
    size: number
    media_type: string
    current: Flag
    created_at: Instant
  }
  research_sample_revision: {
    id: Generated<number>
    sample_id: number
    revision: number
    type_version_id: number
    name: string
    info: string
    reason: string | null
    migration_id: number | null
    at: Instant
    by_id: number | null
  }
  research_field: {
    id: Generated<number>
    sample_type_id: number
    path: string
    kind: string
    unit: string | null
  }
  research_value: {
    sample_id: number
    field_id: number
    ordinal: number
    number: number | null
    number_high: number | null
    text: string | null
  }
  research_migration: {
    id: Generated<number>
    sample_type_id: number
    from_version_id: number
    to_version_id: number
    plan: string
    state: string
    report: string | null
    created_at: Instant
    created_by_id: number | null
    finished_at: ColumnType<string | null, Date | null, Date | null>
  }
  research_origin: {
    id: Generated<number>
    source: string
    kind: string
    identifier: string
    sha256: string
    sample_id: number | null
    experiment_id: number | null
    imported_at: Instant
  }
  research_institute: { id: number; name: string }
  research_institute_member: { institute_id: number; user_id: number }
  research_project_member: { project_id: number; user_id: number }
  research_method: { id: number; name: string; mass_tolerance: number | null }
  research_sample_type: { id: number; name: string; key: string; retired_at: string | null }
  research_sample_type_version: {
    id: number
    sample_type_id: number
    schema: string
    major: number
    minor: number
    status: string
  }
  research_vocabulary: { id: number; key: string; open: Flag }
  research_term: {
    id: number
    vocabulary_id: number
    code: string
    label: string
    retired_at: string | null
    replaced_by_id: number | null
  }
}
