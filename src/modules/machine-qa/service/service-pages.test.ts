import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf } from '../performing/testing.ts'
import { makeQaContext, makeUser, QA_TEST_MIGRATIONS } from '../testing.ts'
import { commentOn } from './comment-on.ts'
import { getFaultDetails } from './fault-details.ts'
import { getPartDetails } from './part-details.ts'
import { recentServiceLog, serviceLogAfter } from './read-service-log.ts'
import { reportFault } from './report-fault.ts'
import { createServiceEvent } from './save-service-event.ts'
import { serviceChoices } from './service-choices.ts'
import { serviceCounts } from './service-counts.ts'
import { getServiceEventDetails } from './service-event-details.ts'
import { eventFields, makeServiceUnit, makeStock, withServiceRecords } from './testing.ts'
import { getUnitFile } from './unit-file.ts'

forEachDatabase('pages of the service log', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let unit: number
  let areaId: number
  beforeAll(async () => {
    database = await open()
    ctx = withServiceRecords(await makeQaContext(database))
    ;({ unitId: unit, areaId } = await makeServiceUnit(ctx))
  })

  it('gather everything about an event, its parts and its faults', async () => {
    const { partId, storageId } = await makeStock(ctx, 2, 2)
    const before = await serviceCounts(ctx)
    const { id: faultId } = await reportFault(ctx, { unit, codes: ['A1'] })
    const { id } = await createServiceEvent(ctx, {
      event: await eventFields(ctx, areaId),
      partsUsed: [{ part: partId, fromStorage: storageId, quantity: 1 }],
      faults: [faultId],
      comment: 'called the vendor',
    })
    await commentOn(ctx, { kind: 'serviceEvent', id }, 'came at once')
    const details = await getServiceEventDetails(ctx, id)
    expect(details.comments.map(({ comment }) => comment)).toEqual(['called the vendor', 'came at once'])
    expect(details.faults.map((row) => row.id)).toEqual([faultId])
    expect(details.partsUsed).toMatchObject([{ part: partId, quantity: 1 }])
    expect(details.rights).toEqual({ change: true, delete: true, review: true, perform: true })
    expect((await getPartDetails(ctx, partId)).movements).toMatchObject([
      { kind: 'used', change: -1, left: 1, serviceEvent: id },
      { kind: 'counted', change: 2, left: 2, serviceEvent: null },
    ])
    expect((await getFaultDetails(ctx, faultId)).fault.relatedServiceEvents).toEqual([id])
    const after = await serviceCounts(ctx)
    expect([after.openEvents, after.unreviewedFaults, after.lowParts]).toEqual([
      before.openEvents + 1,
      before.unreviewedFaults + 1,
      before.lowParts + 1,
    ])
    const [newest] = await recentServiceLog(ctx, 1)
    expect(newest).toMatchObject({ serviceEventId: id, kind: 'new' })
    expect(await serviceLogAfter(ctx, newest?.id ?? 0)).toEqual([])
  })

  it('offer what can be chosen for a unit, and who may be named', async () => {
    const choices = await serviceChoices(ctx, unit)
    expect(choices.areas.map(({ id }) => id)).toEqual([areaId])
    expect(choices.statuses.map(({ name }) => name)).toEqual([
      'Service Pending',
      'Service Complete',
      'Approved',
      'Rejected',
      'Test Data',
    ])
    const me = ctx.actor.kind === 'user' ? ctx.actor.id : 0
    expect(choices.people.some(({ id }) => id === me)).toBe(true)
    expect((await serviceChoices(ctx, undefined)).areas).toEqual([])
    expect(await getUnitFile(ctx, unit)).toEqual({ contacts: [], documents: [] })
  })

  it('are for those who may see them', async () => {
    const blind = {
      ...ctx,
      actor: await makeUser(database, { permissions: new Set(['machine-qa.access']) }),
    }
    const { id } = await createServiceEvent(ctx, { event: await eventFields(ctx, areaId) })
    for (const asked of [
      getServiceEventDetails(blind, id),
      serviceChoices(blind, unit),
      serviceCounts(blind),
      commentOn(blind, { kind: 'serviceEvent', id }, 'x'),
    ])
      expect(await refusalOf(asked)).toMatchObject({ kind: 'not-permitted' })
  })
})
