import type { Generated } from 'kysely'

export type AuditTables = {
  audit_entry: {
    sequence: Generated<number>
    at: string | Date
    actor_id: number | null
    actor_name: string
    credential: string
    address: string | null
    request_id: string
    action: string
    record: string
    record_id: string
    before: string | null
    after: string | null
    reason: string | null
    position: number | null
    hash: string | null
  }
}
