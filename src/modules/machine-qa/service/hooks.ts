import type { RecordHook } from '../../../context.ts'
import { fault } from '../records/fault.ts'
import { faultType } from '../records/fault-type.ts'
import { groupLinkerInstance } from '../records/group-linker-instance.ts'
import { hours } from '../records/hours.ts'
import { part } from '../records/part.ts'
import { partStorage } from '../records/part-storage.ts'
import { partUsed } from '../records/part-used.ts'
import { returnToService } from '../records/return-to-service.ts'
import { room } from '../records/room.ts'
import { serviceEvent } from '../records/service-event.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { unitServiceArea } from '../records/unit-service-area.ts'
import { faultHook, faultTypeHook } from './fault-hooks.ts'
import { partHook, partStorageHook, partUsedHook, roomHook } from './part-hooks.ts'
import { returnToServiceHook } from './return-to-service-hook.ts'
import { serviceEventHook } from './service-event-hook.ts'
import {
  groupLinkerInstanceHook,
  hoursHook,
  serviceEventStatusHook,
  unitServiceAreaHook,
} from './small-hooks.ts'

/** What service log, parts and faults add to the generic verbs of their records. */
export const SERVICE_HOOKS: readonly (readonly [record: string, hook: RecordHook])[] = [
  [serviceEvent.name, serviceEventHook],
  [serviceEventStatus.name, serviceEventStatusHook],
  [unitServiceArea.name, unitServiceAreaHook],
  [hours.name, hoursHook],
  [groupLinkerInstance.name, groupLinkerInstanceHook],
  [returnToService.name, returnToServiceHook],
  [part.name, partHook],
  [partStorage.name, partStorageHook],
  [partUsed.name, partUsedHook],
  [room.name, roomHook],
  [fault.name, faultHook],
  [faultType.name, faultTypeHook],
]
