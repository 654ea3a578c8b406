import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<string, Date, Date>
type Flag = ColumnType<number, boolean, boolean>

export type WorkspaceTables = {
  workspace_saved_view: {
    id: Generated<number>
    version: number
    owner_id: number
    list: string
    list_folded: string
    name: string
    name_folded: string
    query: string
    query_folded: string
    shared: Flag
    position: number
    created_at: Instant
    created_by_id: number | null
    modified_at: Instant
    modified_by_id: number | null
  }
  workspace_preference: { user_id: number; key: string; value: string; changed_at: Instant }
}
