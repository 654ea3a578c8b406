import { asSystem, type Context, type RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { loadRecord } from '../../records/get-record.ts'
import { createRecord } from '../../records/save-record.ts'
import { serviceEvent } from '../records/service-event.ts'
import { storage } from '../records/storage.ts'
import { noteCount, returnParts, takeParts } from './move-stock.ts'

/** A part is low when fewer are left than should be. */
export const partHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    const least = Number(values.quantityMin ?? before?.quantityMin ?? 0)
    const current = Number(before?.quantityCurrent ?? 0)
    return { ...values, isLow: least > 0 && current < least }
  },
}

/** What is at a place counts for its part. */
export const partStorageHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    requireSame(values, before, 'part')
    requireSame(values, before, 'storage')
    return { ...values }
  },
  afterSave: async (tx, after, before) => {
    const row = after ?? before
    if (!row) return
    const left = Number(after?.quantity ?? 0)
    const change = left - Number(before?.quantity ?? 0)
    await noteCount(tx, { partId: Number(row.part), storageId: Number(row.storage) }, { change, left })
  },
}

function requireSame(
  values: Readonly<Record<string, unknown>>,
  before: AnyRow | undefined,
  field: string,
): void {
  if (before && values[field] !== undefined && values[field] !== before[field])
    throw invalidInput(field, 'This stays. Count the other place instead.')
}

/** What an event uses is missing where it was taken from, as long as the event is not deleted. */
export const partUsedHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const eventId = Number(values.serviceEvent ?? before?.serviceEvent)
    if (before && eventId !== before.serviceEvent)
      throw invalidInput('serviceEvent', 'Parts stay with the event that used them.')
    const { isActive } = await loadRecord(tx, serviceEvent, eventId)
    if (isActive !== true) throw invalidInput('serviceEvent', 'This service event was deleted.')
    return { ...values }
  },
  afterSave: async (tx, after, before) => {
    const [taken, given] = [usedOf(after), usedOf(before)]
    if (taken && given && isSamePlace(taken, given)) {
      const more = taken.quantity - given.quantity
      if (more > 0) await takeParts(tx, placeOf(taken), more, taken.eventId)
      else await returnParts(tx, placeOf(taken), -more, taken.eventId)
      return
    }
    if (given && (await isActive(tx, given.eventId)))
      await returnParts(tx, placeOf(given), given.quantity, given.eventId)
    if (taken) await takeParts(tx, placeOf(taken), taken.quantity, taken.eventId)
  },
}

type Used = {
  readonly eventId: number
  readonly partId: number
  readonly storageId: number
  readonly quantity: number
}

/** What was taken from a storage; nothing where none was named. */
function usedOf(row: AnyRow | undefined): Used | undefined {
  if (!row || typeof row.fromStorage !== 'number') return undefined
  return {
    eventId: Number(row.serviceEvent),
    partId: Number(row.part),
    storageId: row.fromStorage,
    quantity: Number(row.quantity),
  }
}

function isSamePlace(a: Used, b: Used): boolean {
  return a.partId === b.partId && a.storageId === b.storageId
}

function placeOf({ partId, storageId }: Used) {
  return { partId, storageId }
}

/** Parts of a deleted event were returned already. */
async function isActive(tx: Context, eventId: number): Promise<boolean> {
  return (await loadRecord(tx, serviceEvent, eventId)).isActive === true
}

/** A new room is a place for parts at once. */
export const roomHook: RecordHook = {
  afterSave: async (tx, after, before) => {
    if (after && !before) await createRecord(asSystem(tx, 'rooms'), storage, { room: after.id })
  },
}
