import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type OptionalInstant = ColumnType<string | null, Date | null | undefined, Date | null>
type Flag = ColumnType<number, boolean, boolean>

export type AccessTables = {
  access_user: {
    id: Generated<number>
    version: number
    username: string
    username_folded: string
    first_name: string
    first_name_folded: string
    last_name: string
    last_name_folded: string
    email: string | null
    email_folded: string | null
    is_active: Flag
    is_staff: Flag
    is_administrator: Flag
    date_joined: Instant
    last_login_at: OptionalInstant
    credentials_valid_from: OptionalInstant
    api_keys_issued: Generated<number>
    created_at: Instant
    created_by_id: number | null
    modified_at: Instant
    modified_by_id: number | null
  }
  access_epoch: { id: number; epoch: number }
  access_group: {
    id: Generated<number>
    version: number
    name: string
    name_folded: string
    description: string
    description_folded: string
    created_at: Instant
    created_by_id: number | null
    modified_at: Instant
    modified_by_id: number | null
  }
  access_permission: {
    id: Generated<number>
    version: number
    code: string
    code_folded: string
    title: string
    title_folded: string
    module: string
    module_folded: string
    retired_at: OptionalInstant
  }
  access_user_group: { user_id: number; group_id: number }
  access_group_permission: { group_id: number; permission_id: number }
  access_role_group: { id: string; group_id: number | null }
  access_password: { user_id: number; hash: string; changed_at: Instant }
  access_session: {
    id: Generated<number>
    secret_hash: string
    user_id: number
    started_at: Instant
    last_seen_at: Instant
    expires_at: Instant
    idle_limit_ms: number | null
    address: string | null
    user_agent: string | null
  }
  access_token: {
    id: Generated<number>
    user_id: number
    name: string
    secret_hash: string
    shown_again_to_id: number | null
    sealed: string | null
    created_at: Instant
    created_by_id: number | null
    expires_at: OptionalInstant
    last_used_at: OptionalInstant
    revoked_at: OptionalInstant
  }
  access_api_key: {
    id: Generated<number>
    user_id: number
    number: number
    name: string
    prefix: string
    secret_hash: string
    created_at: Instant
    expires_at: OptionalInstant
    last_used_at: OptionalInstant
    revoked_at: OptionalInstant
    deleted_at: OptionalInstant
  }
  access_link: {
    id: Generated<number>
    secret_hash: string
    purpose: string
    user_id: number | null
    created_at: Instant
    expires_at: Instant
    used_at: OptionalInstant
  }
  access_login_failure: {
    id: Generated<number>
    at: Instant
    name_hash: string
    user_id: number | null
    address: string | null
  }
}
