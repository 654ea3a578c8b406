import type { RecordType } from '../../../core/record.ts'
import { contact } from './contact.ts'
import { fault } from './fault.ts'
import { faultReview } from './fault-review.ts'
import { faultReviewGroup } from './fault-review-group.ts'
import { faultType } from './fault-type.ts'
import { groupLinker } from './group-linker.ts'
import { groupLinkerInstance } from './group-linker-instance.ts'
import { hours } from './hours.ts'
import { part } from './part.ts'
import { partCategory } from './part-category.ts'
import { partStorage } from './part-storage.ts'
import { partSupplier } from './part-supplier.ts'
import { partUsed } from './part-used.ts'
import { returnToService } from './return-to-service.ts'
import { room } from './room.ts'
import { serviceArea } from './service-area.ts'
import { serviceEvent } from './service-event.ts'
import { serviceEventSchedule } from './service-event-schedule.ts'
import { serviceEventStatus } from './service-event-status.ts'
import { serviceEventTemplate } from './service-event-template.ts'
import { serviceLogEntry } from './service-log-entry.ts'
import { serviceType } from './service-type.ts'
import { stockMovement } from './stock-movement.ts'
import { storage } from './storage.ts'
import { supplier } from './supplier.ts'
import { thirdParty } from './third-party.ts'
import { unitServiceArea } from './unit-service-area.ts'

/** Records of the service log, of parts and of faults, in the order in which administration offers them. */
export const serviceRecords: readonly RecordType[] = [
  serviceArea,
  unitServiceArea,
  serviceType,
  serviceEventStatus,
  serviceEvent,
  serviceEventTemplate,
  serviceEventSchedule,
  thirdParty,
  hours,
  returnToService,
  groupLinker,
  groupLinkerInstance,
  serviceLogEntry,
  supplier,
  contact,
  room,
  storage,
  partCategory,
  part,
  partStorage,
  partSupplier,
  partUsed,
  stockMovement,
  faultType,
  fault,
  faultReviewGroup,
  faultReview,
]
