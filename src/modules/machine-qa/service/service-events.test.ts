import { beforeAll, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { toDay } from '../../../core/calendar.ts'
import { equals } from '../../../core/query.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { listRecords } from '../../records/list-records.ts'
import { changeRecord, createRecord } from '../../records/save-record.ts'
import { changeSession } from '../change-session.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf, tests } from '../performing/testing.ts'
import { hours } from '../records/hours.ts'
import { part } from '../records/part.ts'
import { partUsed } from '../records/part-used.ts'
import { returnToService } from '../records/return-to-service.ts'
import { serviceEvent } from '../records/service-event.ts'
import { reviewSession } from '../review-session.ts'
import { findReturnsOf } from '../store/return-to-service.ts'
import { findServiceLog } from '../store/service-log.ts'
import { makeQaContext, makeReadyList, makeUser, QA_TEST_MIGRATIONS, TEST_NOW } from '../testing.ts'
import { unitStateStrips, unitStates } from '../unit-state.ts'
import { voidSession } from '../void-session.ts'
import { deleteServiceEvent } from './delete-service-event.ts'
import { listLowStock } from './list-low-stock.ts'
import { listServiceMarks } from './list-service-marks.ts'
import { changeServiceEvent, createServiceEvent } from './save-service-event.ts'
import { RETURN_NOT_REVIEWED } from './service-event-hook.ts'
import {
  eventFields,
  makeArea,
  makeServiceUnit,
  makeStock,
  serviceNames,
  withServiceRecords,
} from './testing.ts'
import { unitAvailability } from './unit-availability.ts'

forEachDatabase('service events', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let names: ReadonlyMap<string, number>
  let unitId: number
  let areaId: number
  beforeAll(async () => {
    database = await open()
    ctx = withServiceRecords(await makeQaContext(database))
    names = await serviceNames(ctx)
    ;({ unitId, areaId } = await makeServiceUnit(ctx))
  })

  const status = (name: string) => names.get(name) ?? 0
  const fields = (parts: Record<string, unknown> = {}, area = areaId) =>
    eventFields(ctx, area).then((values) => ({ ...values, ...parts }))
  const logOf = async (serviceEventId: number) =>
    (await findServiceLog(database.db, { serviceEventId, limit: 50 })).map(({ kind }) => kind).reverse()
  const stockOf = async (partId: number) => (await getRecord(ctx, part, partId)).quantityCurrent

  it('carry their unit, who reported them and when; a type that demands review makes them demand it', async () => {
    const event = await createServiceEvent(ctx, {
      event: await fields({ isReviewRequired: false, serviceStatus: undefined }),
    })
    expect(event).toMatchObject({
      unit: unitId,
      serviceStatus: status('Service Pending'),
      datetimeCreated: TEST_NOW,
      isReviewRequired: false,
      isActive: true,
    })
    const serious = await createServiceEvent(ctx, {
      event: await fields({ isReviewRequired: false, serviceType: names.get('Safety Systems') }),
    })
    expect(serious.isReviewRequired).toBe(true)
    expect(await logOf(event.id)).toEqual(['new'])
  })

  it('are related to one another both ways, and not to themselves', async () => {
    const [a, b, c] = [
      await createServiceEvent(ctx, { event: await fields() }),
      await createServiceEvent(ctx, { event: await fields() }),
      await createServiceEvent(ctx, { event: await fields() }),
    ]
    await changeServiceEvent(ctx, a.id, a.version, { event: { serviceEventRelated: [b.id, c.id] } })
    const relatedOf = async (id: number) => (await getRecord(ctx, serviceEvent, id)).serviceEventRelated
    expect([await relatedOf(a.id), await relatedOf(b.id), await relatedOf(c.id)]).toEqual([
      [b.id, c.id],
      [a.id],
      [a.id],
    ])
    await changeServiceEvent(ctx, b.id, b.version, { event: { serviceEventRelated: [] } })
    expect([await relatedOf(a.id), await relatedOf(b.id)]).toEqual([[c.id], []])
    expect(
      await refusalOf(
        changeServiceEvent(ctx, b.id, b.version + 1, { event: { serviceEventRelated: [b.id] } }),
      ),
    ).toMatchObject({ kind: 'invalid-input', problems: [{ field: 'serviceEventRelated' }] })
  })

  it('bring hours of users or third parties, each once, and report which row is wrong', async () => {
    const { id: user } = await makeUser(database)
    const event = await createServiceEvent(ctx, {
      event: await fields(),
      hours: [{ user, time: 3600 }],
    })
    const rows = await listRecords(ctx, hours, {
      where: equals('serviceEvent', event.id),
      order: [],
      limit: 10,
      offset: 0,
    })
    expect(rows.rows).toMatchObject([{ user, thirdParty: null, time: 3600 }])
    expect(
      await refusalOf(createRecord(ctx, hours, { serviceEvent: event.id, user, time: 60 })),
    ).toMatchObject({ kind: 'conflict' })
    expect(
      await refusalOf(
        changeServiceEvent(ctx, event.id, event.version, {
          event: {},
          hours: [{ user, time: 1 }, { time: 60 }],
        }),
      ),
    ).toMatchObject({ problems: [{ field: 'hours.1.user', problem: 'Name a user or a third party.' }] })
  })

  it('take parts from their storage, give back what was not used, and say what is left', async () => {
    const { partId, storageId } = await makeStock(ctx, 3, 2)
    const event = await createServiceEvent(ctx, {
      event: await fields(),
      partsUsed: [{ part: partId, fromStorage: storageId, quantity: 2 }],
    })
    expect(await stockOf(partId)).toBe(1)
    expect((await listLowStock(ctx)).find(({ id }) => id === partId)).toMatchObject({ quantity: 1, least: 2 })
    const used = (
      await listRecords(ctx, partUsed, {
        where: equals('serviceEvent', event.id),
        order: [],
        limit: 10,
        offset: 0,
      })
    ).rows[0]
    if (!used) throw new Error('nothing was used')
    await changeRecord(ctx, partUsed, used.id, used.version, { quantity: 1 })
    expect(await stockOf(partId)).toBe(2)
    expect(
      await refusalOf(changeRecord(ctx, partUsed, used.id, used.version + 1, { quantity: 4 })),
    ).toMatchObject({ problems: [{ field: 'quantity', problem: 'Only 2 of this part are left there.' }] })
    await changeServiceEvent(ctx, event.id, event.version, { event: {}, partsUsed: [] })
    expect(await stockOf(partId)).toBe(3)
    expect((await listLowStock(ctx)).some(({ id }) => id === partId)).toBe(false)
  })

  it('cannot both have the last part', async () => {
    const { partId, storageId } = await makeStock(ctx, 1)
    const take = async () =>
      createServiceEvent(ctx, {
        event: await fields(),
        partsUsed: [{ part: partId, fromStorage: storageId, quantity: 1 }],
      }).then(
        () => 'taken',
        () => 'refused',
      )
    const outcomes = await Promise.all(Array.from({ length: 6 }, take))
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1)
    expect(await stockOf(partId)).toBe(0)
  })

  it('give parts back when they are deleted, and take them again when they come back', async () => {
    const { partId, storageId } = await makeStock(ctx, 2)
    const event = await createServiceEvent(ctx, {
      event: await fields(),
      partsUsed: [{ part: partId, fromStorage: storageId, quantity: 2 }],
    })
    await deleteServiceEvent(ctx, event.id, 'delete', 'Duplicate')
    expect(await stockOf(partId)).toBe(2)
    expect(await getRecord(ctx, serviceEvent, event.id)).toMatchObject({
      isActive: false,
      deletedReason: 'Duplicate',
    })
    const other = await createServiceEvent(ctx, {
      event: await fields(),
      partsUsed: [{ part: partId, fromStorage: storageId, quantity: 1 }],
    })
    expect(await refusalOf(deleteServiceEvent(ctx, event.id, 'restore', ''))).toMatchObject({
      kind: 'invalid-input',
    })
    await deleteServiceEvent(ctx, other.id, 'delete', 'Invalid')
    await deleteServiceEvent(ctx, event.id, 'restore', '')
    expect(await stockOf(partId)).toBe(0)
    expect(await logOf(event.id)).toEqual(['new', 'deleted', 'restored'])
  })

  it('may be closed without review only by reviewers', async () => {
    const actor = await makeUser(database, {
      permissions: new Set([
        'machine-qa.access',
        'machine-qa.service-event.add',
        'machine-qa.service-event.view',
      ]),
    })
    const event = await fields({ serviceStatus: status('Approved') })
    expect(await refusalOf(createServiceEvent({ ...ctx, actor }, { event }))).toEqual({
      kind: 'not-permitted',
      permission: 'machine-qa.service-event.review',
    })
  })

  /** A unit with a list to be performed before it is used again, and an event that says so. */
  async function eventWithReturn() {
    const { assignmentId, unitId: id } = await makeReadyList(database, [{ macro: 'a' }])
    const area = await makeArea(ctx, id)
    const event = await createServiceEvent(ctx, {
      event: await fields({ datetimeService: new Date(TEST_NOW.getTime() - 7_200_000) }, area),
      returns: [{ unitTestCollection: assignmentId }],
    })
    const [entry] = await findReturnsOf(database.db, [event.id])
    if (!entry) throw new Error('no return-to-service QA was assigned')
    return { assignmentId, unitId: id, event, entry }
  }

  const perform = (given: Awaited<ReturnType<typeof eventWithReturn>>) =>
    createSession(ctx, {
      assignmentId: given.assignmentId,
      workStarted: new Date(TEST_NOW.getTime() - 3_600_000),
      workCompleted: new Date(TEST_NOW.getTime() - 1_800_000),
      returnToServiceId: given.entry.id,
      tests: tests({ a: 1 }),
    })

  const stateOf = async (id: number) => (await unitStates(ctx, { unitIds: [id] })).get(id)

  async function approve(given: Awaited<ReturnType<typeof eventWithReturn>>) {
    const { version } = await getRecord(ctx, serviceEvent, given.event.id)
    return changeServiceEvent(ctx, given.event.id, version, {
      event: { serviceStatus: status('Approved') },
    })
  }

  it('keep their unit out of service until return-to-service QA is performed and reviewed', async () => {
    const given = await eventWithReturn()
    expect(await stateOf(given.unitId)).toMatchObject({
      state: 'out-of-service',
      reasons: [
        {
          source: { kind: 'service-event', id: given.event.id },
          text: `Service event ${given.event.id} (Couch does not move): return-to-service QA is not performed (1 of 1)`,
        },
      ],
    })
    expect(await refusalOf(approve(given))).toEqual({
      kind: 'invalid-input',
      problems: [{ field: 'serviceStatus', problem: RETURN_NOT_REVIEWED }],
    })
    const { session } = await perform(given)
    expect((await stateOf(given.unitId))?.reasons[0]?.text).toMatch(/not reviewed$/)
    await reviewSession(ctx, session.id, { statuses: await approvedStatus() })
    expect((await stateOf(given.unitId))?.state).not.toBe('out-of-service')
    expect((await approve(given)).serviceStatus).toBe(status('Approved'))
    expect(await logOf(given.event.id)).toEqual([
      'new',
      'rts-changed',
      'rts-performed',
      'rts-approved',
      'status',
    ])
    const strip = (await unitStateStrips(ctx, { unitIds: [given.unitId], days: 2 })).get(given.unitId)
    expect(strip?.map(({ state }) => state)).toEqual(['unknown', 'unknown'])
    expect(
      (await unitStates(ctx, { unitIds: [given.unitId], at: new Date(TEST_NOW.getTime() - 5_400_000) })).get(
        given.unitId,
      )?.state,
    ).toBe('out-of-service')
  })

  async function approvedStatus(): Promise<number> {
    const { rows } = await listRecords(ctx, ctx.catalogue.get('machine-qa.status'), {
      where: equals('name', 'Approved'),
      order: [],
      limit: 1,
      offset: 0,
    })
    return rows[0]?.id ?? 0
  }

  it('fall back to the default status when the session is changed or voided', async () => {
    const given = await eventWithReturn()
    const { session } = await perform(given)
    await reviewSession(ctx, session.id, { statuses: await approvedStatus() })
    await approve(given)
    await changeSession(ctx, session.id, { tests: tests({ a: 2 }) })
    const statusNow = async () => (await getRecord(ctx, serviceEvent, given.event.id)).serviceStatus
    expect(await statusNow()).toBe(status('Service Pending'))
    await reviewSession(ctx, session.id, { statuses: await approvedStatus() })
    await approve(given)
    await voidSession(ctx, session.id, 'wrong machine')
    expect(await statusNow()).toBe(status('Service Pending'))
    expect((await getRecord(ctx, returnToService, given.entry.id)).testListInstance).toBeNull()
    expect((await stateOf(given.unitId))?.state).toBe('out-of-service')
  })

  it('refuse sessions of other assignments, and QA of other units', async () => {
    const [one, other] = [await eventWithReturn(), await eventWithReturn()]
    const { session } = await perform(other)
    const { version } = await getRecord(ctx, returnToService, one.entry.id)
    expect(
      await refusalOf(
        changeRecord(ctx, returnToService, one.entry.id, version, { testListInstance: session.id }),
      ),
    ).toMatchObject({ problems: [{ field: 'testListInstance' }] })
    expect(
      await refusalOf(
        createRecord(ctx, returnToService, {
          serviceEvent: one.event.id,
          unitTestCollection: other.assignmentId,
        }),
      ),
    ).toMatchObject({ problems: [{ field: 'unitTestCollection' }] })
    expect(
      await refusalOf(
        changeServiceEvent(ctx, one.event.id, one.event.version, { event: { unitServiceArea: areaId } }),
      ),
    ).toMatchObject({ problems: [{ field: 'unitServiceArea' }] })
  })

  it('are marks on charts, and cost availability', async () => {
    const { unitId: id, areaId: area } = await makeServiceUnit(ctx)
    const event = await createServiceEvent(ctx, {
      event: await fields(
        { durationLostTime: 4 * 3600, durationServiceTime: 3600, serviceStatus: status('Service Complete') },
        area,
      ),
    })
    const span = { unitIds: [id], from: new Date(0), to: TEST_NOW }
    expect(await listServiceMarks(ctx, span)).toMatchObject([
      {
        id: event.id,
        unitId: id,
        at: TEST_NOW,
        type: { name: 'Minor' },
        status: { name: 'Service Complete' },
      },
    ])
    const blind: Context = {
      ...ctx,
      actor: await makeUser(database, { permissions: new Set(['machine-qa.access']) }),
    }
    expect(await listServiceMarks(blind, span)).toEqual([])
    const [found] = await unitAvailability(ctx, {
      unitIds: [id],
      from: toDay('2019-07-01'),
      to: toDay('2019-07-31'),
    })
    expect(found?.months).toEqual([
      {
        month: '2019-07',
        potentialS: 23 * 8 * 3600,
        serviceS: 3600,
        lostS: 14_400,
        uptime: 180 / 184,
        events: 1,
      },
    ])
  })
})
