import { type Context, requirePermission } from '../../../context.ts'
import { createCatalogue } from '../../../platform/records/catalogue.ts'
import { ACCESS_RECORDS } from '../../access/records.ts'
import { equipment } from '../../equipment/records/equipment.ts'
import { site } from '../../equipment/records/site.ts'
import { listRecords } from '../../records/list-records.ts'
import { createRecord } from '../../records/save-record.ts'
import { machineQaHooks } from '../configuration/hooks.ts'
import { machineQaRecords } from '../records/all.ts'
import { fault } from '../records/fault.ts'
import { faultType } from '../records/fault-type.ts'
import { part } from '../records/part.ts'
import { partStorage } from '../records/part-storage.ts'
import { serviceArea } from '../records/service-area.ts'
import { serviceEvent } from '../records/service-event.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { serviceType } from '../records/service-type.ts'
import { storage } from '../records/storage.ts'
import { unit } from '../records/unit.ts'
import { unitServiceArea } from '../records/unit-service-area.ts'
import { unitType } from '../records/unit-type.ts'
import { shipDefaults } from '../ship-defaults.ts'

let made = 0

/** A name that nobody else has in this process. */
export function named(word: string): string {
  made += 1
  return `${word} ${made}`
}

/** The same context with all records of the module and their hooks. */
export function withServiceRecords<C extends Context>(ctx: C): C {
  const check = () => Promise.reject(new Error('this test has no use for Python, but it was asked'))
  return {
    ...ctx,
    catalogue: createCatalogue([...ACCESS_RECORDS, site, equipment, ...machineQaRecords]),
    recordHooks: machineQaHooks({ check }, { mostTests: 10 }),
  }
}

/** A unit with a service area. */
export async function makeServiceUnit(ctx: Context): Promise<{ unitId: number; areaId: number }> {
  const { id: type } = await createRecord(ctx, unitType, { name: named('Type') })
  const { id: unitId } = await createRecord(ctx, unit, {
    name: named('Unit'),
    type,
    dateAcceptance: '2018-01-01',
    isServiceable: true,
  })
  return { unitId, areaId: await makeArea(ctx, unitId) }
}

export async function makeArea(ctx: Context, unitId: number): Promise<number> {
  const { id } = await createRecord(ctx, serviceArea, { name: named('Area') })
  return (await createRecord(ctx, unitServiceArea, { unit: unitId, serviceArea: id })).id
}

/** The ids of the shipped statuses and types, by name; they are shipped unless they are there. */
export async function serviceNames(ctx: Context): Promise<ReadonlyMap<string, number>> {
  requirePermission(ctx, 'machine-qa.access')
  await shipDefaults(ctx)
  const all = await Promise.all(
    [serviceEventStatus, serviceType].map((record) =>
      listRecords(ctx, record, { where: { kind: 'all', of: [] }, order: [], limit: 100, offset: 0 }),
    ),
  )
  return new Map(all.flatMap(({ rows }) => rows.map((row) => [String(row.name), row.id] as const)))
}

/** Fields of an event that needs nothing else. */
export async function eventFields(ctx: Context, areaId: number): Promise<Record<string, unknown>> {
  const names = await serviceNames(ctx)
  return {
    unitServiceArea: areaId,
    serviceType: names.get('Minor'),
    serviceStatus: names.get('Service Pending'),
    datetimeService: ctx.now(),
    problemDescription: 'Couch does not move',
  }
}

/** A part with some in one storage. */
export async function makeStock(
  ctx: Context,
  quantity: number,
  least = 0,
): Promise<{ partId: number; storageId: number }> {
  const name = named('Part')
  const { id: partId } = await createRecord(ctx, part, { name, partNumber: name, quantityMin: least })
  const { id: storageId } = await createRecord(ctx, storage, { location: named('Shelf') })
  await createRecord(ctx, partStorage, { part: partId, storage: storageId, quantity })
  return { partId, storageId }
}

/** One of each that may have files. */
export async function makeServiceOwners(
  given: Context,
): Promise<Readonly<Record<'unit' | 'serviceEvent' | 'part' | 'fault', number>>> {
  const ctx = withServiceRecords(given)
  const { unitId, areaId } = await makeServiceUnit(ctx)
  const { id: type } = await createRecord(ctx, faultType, { code: named('code') })
  return {
    unit: unitId,
    serviceEvent: (await createRecord(ctx, serviceEvent, await eventFields(ctx, areaId))).id,
    part: (await makeStock(ctx, 1)).partId,
    fault: (await createRecord(ctx, fault, { unit: unitId, faultTypes: [type] })).id,
  }
}
