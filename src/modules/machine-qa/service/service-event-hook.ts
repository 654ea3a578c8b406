import type { Context, RecordHook } from '../../../context.ts'
import { actingUserId, hasPermission } from '../../../core/actor.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { loadRecord } from '../../records/get-record.ts'
import { assignment } from '../records/assignment.ts'
import { serviceEventSchedule } from '../records/service-event-schedule.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { serviceType } from '../records/service-type.ts'
import { session } from '../records/session.ts'
import { unitServiceArea } from '../records/unit-service-area.ts'
import { findReturnsOf } from '../store/return-to-service.ts'
import { mirrorRelations } from '../store/service-events.ts'
import { logEvent } from './event-log.ts'
import { moveAllParts } from './move-stock.ts'
import { rescheduleService } from './reschedule-service.ts'
import { isReturned } from './settle-status.ts'

type Values = Readonly<Record<string, unknown>>

export const RETURN_NOT_REVIEWED =
  'Cannot select status: Return to service QC must be performed and reviewed.'

/** The rules of service events (specification 3.11), whoever writes them. */
export const serviceEventHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const merged = { ...before, ...values }
    return {
      ...values,
      ...(await unitOf(tx, merged, before)),
      ...(await reviewOf(tx, merged)),
      ...(await statusOf(tx, values, before)),
      ...stampsOf(tx, values, before),
      ...relatedOf(values, before),
      ...(values.isActive === true ? { deletedReason: null } : {}),
    }
  },
  afterSave: async (tx, after, before) => {
    if (!after) {
      throw new RefusedError({
        kind: 'conflict',
        reason: 'Service events are kept. Delete them with a reason.',
      })
    }
    if (Array.isArray(after.serviceEventRelated)) {
      await mirrorRelations(tx.db, after.id, after.serviceEventRelated.map(Number))
    }
    if (before && after.isActive !== before.isActive) {
      await moveAllParts(tx, after.id, after.isActive === true ? 'take' : 'return')
    }
    await logChange(tx, after, before)
    const schedules = [before?.serviceEventSchedule, after.serviceEventSchedule]
    await rescheduleService(tx, [...new Set(schedules.filter((id) => typeof id === 'number'))])
  },
}

/** The unit follows from the area; it stays once sessions belong to the event. */
async function unitOf(tx: Context, merged: Values, before: AnyRow | undefined): Promise<Values> {
  const { unit } = await loadRecord(tx, unitServiceArea, Number(merged.unitServiceArea))
  if (before && unit !== before.unit) {
    const isTied =
      before.testListInstanceInitiatedBy !== null || (await findReturnsOf(tx.db, [before.id])).length > 0
    if (isTied) {
      throw invalidInput(
        'unitServiceArea',
        'The unit cannot be changed: sessions or return-to-service QA belong to this event.',
      )
    }
  }
  await requireSessionOfUnit(tx, merged.testListInstanceInitiatedBy, unit)
  await requireScheduleOfArea(tx, merged)
  return { unit }
}

async function requireSessionOfUnit(tx: Context, sessionId: unknown, unitId: unknown): Promise<void> {
  if (typeof sessionId !== 'number') return
  const { unitTestCollection } = await loadRecord(tx, session, sessionId)
  const { unit } = await loadRecord(tx, assignment, Number(unitTestCollection))
  if (unit !== unitId)
    throw invalidInput('testListInstanceInitiatedBy', 'This session was performed on another unit.')
}

async function requireScheduleOfArea(tx: Context, merged: Values): Promise<void> {
  if (typeof merged.serviceEventSchedule !== 'number') return
  const schedule = await loadRecord(tx, serviceEventSchedule, merged.serviceEventSchedule)
  if (schedule.unitServiceArea !== merged.unitServiceArea)
    throw invalidInput('serviceEventSchedule', 'This schedule is of another unit or area.')
}

/** A type that demands review makes its events demand it. */
async function reviewOf(tx: Context, merged: Values): Promise<Values> {
  const { isReviewRequired } = await loadRecord(tx, serviceType, Number(merged.serviceType))
  return isReviewRequired === true ? { isReviewRequired: true } : {}
}

/** A new status must be one that the event may have now and that the actor may give. */
async function statusOf(tx: Context, values: Values, before: AnyRow | undefined): Promise<Values> {
  if (values.serviceStatus === undefined || values.serviceStatus === before?.serviceStatus) return {}
  const status = await loadRecord(tx, serviceEventStatus, Number(values.serviceStatus))
  if (status.isReviewRequired === false && !hasPermission(tx.actor, 'machine-qa.service-event.review')) {
    throw new RefusedError({ kind: 'not-permitted', permission: 'machine-qa.service-event.review' })
  }
  if (before && status.rtsQaMustBeReviewed === true) {
    const returns = await findReturnsOf(tx.db, [before.id])
    if (!returns.every(isReturned)) throw invalidInput('serviceStatus', RETURN_NOT_REVIEWED)
  }
  if (!before) return {}
  return {
    datetimeStatusChanged: values.datetimeStatusChanged ?? tx.now(),
    userStatusChangedBy: values.userStatusChangedBy ?? actingUserId(tx.actor),
  }
}

function stampsOf(tx: Context, values: Values, before: AnyRow | undefined): Values {
  const by = actingUserId(tx.actor)
  return before
    ? {
        datetimeModified: values.datetimeModified ?? tx.now(),
        userModifiedBy: values.userModifiedBy ?? by,
      }
    : {
        datetimeCreated: values.datetimeCreated ?? tx.now(),
        userCreatedBy: values.userCreatedBy ?? by,
      }
}

function relatedOf(values: Values, before: AnyRow | undefined): Values {
  const related = values.serviceEventRelated
  if (before && Array.isArray(related) && related.includes(before.id))
    throw invalidInput('serviceEventRelated', 'An event is not related to itself.')
  return {}
}

/** What nobody needs to be told of. */
const UNREMARKABLE = new Set([
  'id',
  'version',
  'modifiedAt',
  'modifiedBy',
  'datetimeModified',
  'userModifiedBy',
  'datetimeStatusChanged',
  'userStatusChangedBy',
  'serviceStatus',
  'isActive',
  'deletedReason',
])

async function logChange(tx: Context, after: AnyRow, before: AnyRow | undefined): Promise<void> {
  if (!before) return logEvent(tx, after.id, 'new')
  if (after.isActive !== before.isActive) {
    const kind = after.isActive === true ? 'restored' : 'deleted'
    await logEvent(tx, after.id, kind, after.deletedReason ? { reason: after.deletedReason } : {})
  }
  if (after.serviceStatus !== before.serviceStatus) {
    const name = async (id: unknown) => (await loadRecord(tx, serviceEventStatus, Number(id))).name
    const detail = { from: await name(before.serviceStatus), to: await name(after.serviceStatus) }
    await logEvent(tx, after.id, 'status', detail)
  }
  const changed = Object.keys(after).filter(
    (field) => !UNREMARKABLE.has(field) && JSON.stringify(after[field]) !== JSON.stringify(before[field]),
  )
  if (changed.length > 0) await logEvent(tx, after.id, 'modified', { changed })
}
