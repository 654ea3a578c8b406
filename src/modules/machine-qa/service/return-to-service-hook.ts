import type { Context, RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { loadRecord } from '../../records/get-record.ts'
import { assignment } from '../records/assignment.ts'
import { serviceEvent } from '../records/service-event.ts'
import { session } from '../records/session.ts'
import { logEvent } from './event-log.ts'
import { settleStatus } from './settle-status.ts'

/** Return-to-service QA belongs to the unit of its event, and its session to its assignment. */
export const returnToServiceHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const merged: Readonly<Record<string, unknown>> = { ...before, ...values }
    const event = await loadRecord(tx, serviceEvent, Number(merged.serviceEvent))
    if (event.isActive !== true) throw invalidInput('serviceEvent', 'This service event was deleted.')
    const { unit } = await loadRecord(tx, assignment, Number(merged.unitTestCollection))
    if (unit !== event.unit)
      throw invalidInput('unitTestCollection', 'This is assigned to another unit than that of the event.')
    await requireFitting(tx, merged)
    if (before) return { ...values }
    return {
      ...values,
      datetimeAssigned: values.datetimeAssigned ?? tx.now(),
      userAssignedBy: values.userAssignedBy ?? actingUserId(tx.actor),
    }
  },
  afterSave: async (tx, after, before) => {
    const row = after ?? before
    if (!row) return
    const eventId = Number(row.serviceEvent)
    await logEvent(tx, eventId, 'rts-changed', { id: row.id, change: changeOf(after, before) })
    if (after && after.testListInstance !== (before?.testListInstance ?? null))
      await logPerformed(tx, eventId, row.id, after.testListInstance)
    await settleStatus(tx, [eventId])
  },
}

function changeOf(after: AnyRow | undefined, before: AnyRow | undefined): 'assigned' | 'removed' | 'changed' {
  if (!before) return 'assigned'
  return after ? 'changed' : 'removed'
}

async function requireFitting(tx: Context, merged: Readonly<Record<string, unknown>>): Promise<void> {
  if (typeof merged.testListInstance !== 'number') return
  const performed = await loadRecord(tx, session, merged.testListInstance)
  if (performed.voidedAt !== null) throw invalidInput('testListInstance', 'This session was voided.')
  if (performed.unitTestCollection !== merged.unitTestCollection)
    throw invalidInput('testListInstance', 'This session is of another assignment.')
}

/** Notes that a session was performed for an entry, and that it is reviewed where it is already. */
export async function logPerformed(
  tx: Context,
  eventId: number,
  entryId: number,
  sessionId: unknown,
): Promise<void> {
  if (typeof sessionId !== 'number') return
  const { inProgress, allReviewed } = await loadRecord(tx, session, sessionId)
  if (inProgress === true) return
  await logEvent(tx, eventId, 'rts-performed', { id: entryId, session: sessionId })
  if (allReviewed === true) await logEvent(tx, eventId, 'rts-approved', { id: entryId, session: sessionId })
}
