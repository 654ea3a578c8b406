import type { ColumnType, Generated } from 'kysely'
import type { DeliveryState } from '../domain/delivery.ts'

type Instant = ColumnType<string, Date, Date>
type OptionalInstant = ColumnType<string | null, Date | null | undefined, Date | null>

export type NotificationTables = {
  notifications_webhook_address: { id: number; sealed: string }
  notifications_preference: { user_id: number; kind: string; choices: string; changed_at: Instant }
  notifications_delivery: {
    id: Generated<number>
    version: Generated<number>
    dedupe: string
    kind: string
    kind_folded: string
    recipient_id: number | null
    channel: 'mail' | 'webhook'
    address: string | null
    address_folded: string | null
    webhook_id: number | null
    subject: string
    subject_folded: string
    sealed: string | null
    state: DeliveryState
    attempts: Generated<number>
    problem: string | null
    problem_folded: string | null
    created_at: Instant
    hand_over_at: OptionalInstant
    sent_at: OptionalInstant
  }
}
