import type { Context } from '../../../context.ts'
import { createRecord } from '../../records/save-record.ts'
import { SHIPPED_SERVICE_STATUSES, SHIPPED_SERVICE_TYPES } from '../domain/service-defaults.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { serviceType } from '../records/service-type.ts'

/** Gives a new site the statuses and types of service events, where it has none; see `shipDefaults`. */
export async function shipServiceDefaults(tx: Context, empty: ReadonlySet<string>): Promise<void> {
  if (empty.has('qa_service_event_status')) {
    for (const shipped of SHIPPED_SERVICE_STATUSES) await createRecord(tx, serviceEventStatus, shipped)
  }
  if (empty.has('qa_service_type')) {
    for (const shipped of SHIPPED_SERVICE_TYPES) await createRecord(tx, serviceType, shipped)
  }
}
