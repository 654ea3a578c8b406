import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type MaybeInstant = ColumnType<string | null, Date | null | undefined, Date | null>
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>
type Flag = ColumnType<number, boolean, boolean>

export type QualityTables = {
  quality_report: {
    id: string
    visibility: string
    owner_id: Maybe<number>
    created_at: Instant
    deleted_at: MaybeInstant
    version: Generated<number>
  }
  quality_report_reader: {
    id: Generated<number>
    report_id: string
    user_id: Maybe<number>
    group_id: Maybe<number>
  }
  quality_report_link: {
    id: Generated<number>
    report_id: string
    name: string
    secret_hash: string
    created_at: Instant
    created_by_id: Maybe<number>
    revoked_at: MaybeInstant
  }
  quality_change: {
    id: Generated<number>
    at: Instant
    author_id: Maybe<number>
    author_name: string
    author_email: string
    action: string
    item_id: string
    description: string
  }
  quality_change_item: { item_id: string; change_id: number }
  quality_item: {
    id: Generated<number>
    item_id: string
    kind: string
    report_id: string
    parent_id: Maybe<string>
    position: number
    attributes: string
    valid_from: Instant
    valid_to: MaybeInstant
    opened_by_id: Maybe<number>
    closed_by_id: Maybe<number>
  }
  quality_entity_list: { id: string; entities: string }
  quality_measurement: {
    id: Generated<number>
    metric_id: string
    report_id: string
    start_at: Instant
    end_at: Instant
    has_error: Flag
    scales: string
    sources: string
    issues: Maybe<string>
    parameter_hash: Maybe<string>
    change_id: Maybe<number>
  }
  quality_metric_state: {
    id: string
    report_id: string
    latest_id: number
    latest_good_id: Maybe<number>
    measurement_count: number
  }
  quality_collection: { id: string; due_at: Instant; settings_hash: string }
  quality_export_key: { id: string; public_key: string; private_key_sealed: string; created_at: Instant }
  quality_user_settings: { user_id: number; settings: string }
}
