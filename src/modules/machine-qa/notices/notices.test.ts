import { expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { EVERYTHING } from '../../../core/query.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { createCatalogue } from '../../../platform/records/catalogue.ts'
import { ACCESS_HOOKS } from '../../access/hooks.ts'
import { groupRecord } from '../../access/records/group.ts'
import { makeAccess, makeClock, makeUser } from '../../access/testing.ts'
import { sealAudit } from '../../audit/seal-audit.ts'
import { createAuditFollowers } from '../../audit/store/migrations/0002-followers.ts'
import { createJobs } from '../../jobs/store/migrations/0001-create.ts'
import { openNotifications } from '../../notifications/notifications.ts'
import { deliveryRecord } from '../../notifications/records/delivery.ts'
import { webhookRecord } from '../../notifications/records/webhook.ts'
import { sendDelivery } from '../../notifications/send-delivery.ts'
import { createNotifications } from '../../notifications/store/migrations/0001-create.ts'
import { makeNotifications, startMailServer } from '../../notifications/testing.ts'
import { listRecords } from '../../records/list-records.ts'
import { changeRecord, createRecord } from '../../records/save-record.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { tests } from '../performing/testing.ts'
import { partStorage } from '../records/part-storage.ts'
import { recipients } from '../records/recipients.ts'
import { serviceEvent } from '../records/service-event.ts'
import { subscription } from '../records/subscription.ts'
import { reportFault } from '../service/report-fault.ts'
import { eventFields, makeServiceUnit, makeStock, withServiceRecords } from '../service/testing.ts'
import { shipDefaults } from '../ship-defaults.ts'
import { createNotices } from '../store/migrations/0004-notices.ts'
import {
  makeFrequency,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeTolerance,
  QA_TEST_MIGRATIONS,
} from '../testing.ts'
import { NOTICE_HOOKS } from './notice-hooks.ts'
import { MACHINE_QA_NOTICES } from './notice-kinds.ts'
import { tellBySchedule } from './tell-by-schedule.ts'
import { tellOfEvents } from './tell-of-events.ts'

const MIGRATIONS = [
  ...QA_TEST_MIGRATIONS,
  createJobs,
  createNotifications,
  createAuditFollowers,
  createNotices,
]
const DAY_MS = 86_400_000

forEachDatabase('notices of machine QA', MIGRATIONS, (open) => {
  async function prepare() {
    const clock = makeClock('2019-07-25T15:00:00.000Z')
    const plain = withServiceRecords(await makeQaContext(await open('fresh'), { now: clock.now }))
    const ctx: PerformingContext = {
      ...plain,
      catalogue: createCatalogue([
        ...plain.catalogue.records,
        webhookRecord,
        deliveryRecord,
        recipients,
        subscription,
      ]),
      recordHooks: new Map([...ACCESS_HOOKS, ...plain.recordHooks, ...NOTICE_HOOKS]),
    }
    await shipDefaults(ctx)
    const smtp = await startMailServer()
    const notifications = openNotifications({
      ...makeNotifications(smtp.mailer),
      kinds: MACHINE_QA_NOTICES,
    })
    const member = await makeUser(ctx, makeAccess(), { email: 'physicist@lab.example' })
    const group = await createRecord(ctx, groupRecord, { name: 'Physics', users: [member] })
    const to = await createRecord(ctx, recipients, {
      name: 'Physics',
      groups: [group.id],
      users: [member],
      addresses: 'chief@lab.example, CHIEF@lab.example',
    })
    const subscribe = (event: string, parts: Readonly<Record<string, unknown>> = {}) =>
      createRecord(ctx, subscription, { name: event, event, recipients: to.id, ...parts })
    const tellAll = async () => {
      await sealAudit(ctx.database)
      await Promise.all([tellOfEvents(ctx, notifications), tellOfEvents(ctx, notifications)])
    }
    await tellAll()
    return { ctx, clock, smtp, notifications, subscribe, tellAll }
  }

  async function told(ctx: Context) {
    const query = { where: EVERYTHING, order: [], limit: 200, offset: 0 }
    const { rows } = await listRecords(ctx, deliveryRecord, query)
    return rows.map(({ subject, address, state }) => `${address}: ${subject} (${state})`).sort()
  }

  async function makeList(ctx: Context) {
    const { database } = ctx
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    return makeReadyList(
      database,
      [
        {
          macro: 'output',
          reference: await makeReference(database, 100),
          tolerance: await makeTolerance(database, { type: 'absolute', ...limits }),
        },
      ],
      {
        frequency: await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY', windowEnd: 1 }),
        dueDate: new Date('2019-07-24T12:00:00Z'),
        autoSchedule: false,
      },
    )
  }

  function perform(ctx: PerformingContext, assignmentId: number, output: number, inProgress = false) {
    const workStarted = new Date(ctx.now().getTime() - 600_000)
    return createSession(ctx, {
      ...{ assignmentId, workStarted, inProgress },
      tests: tests({ output: { value: output } }),
    })
  }

  it('tell once of sessions at the level that was asked for, on the units that were named', async () => {
    const { ctx, smtp, notifications, subscribe, tellAll } = await prepare()
    const [one, other] = [await makeList(ctx), await makeList(ctx)]
    await subscribe('session.action', { units: [one.unitId] })
    await subscribe('session.tolerance', { units: [one.unitId] })
    await perform(ctx, one.assignmentId, 100)
    const bad = await perform(ctx, one.assignmentId, 104)
    await perform(ctx, one.assignmentId, 110, true)
    await perform(ctx, other.assignmentId, 104)
    await tellAll()
    await tellAll()
    const made = await told(ctx)
    expect(made.map((line) => line.replace(/Unit \d+, List \d+/, 'U, L'))).toEqual([
      'chief@lab.example: Action level: U, L (waiting)',
      'physicist@lab.example: Action level: U, L (waiting)',
    ])
    const query = { where: EVERYTHING, order: [], limit: 10, offset: 0 }
    for (const { id } of (await listRecords(ctx, deliveryRecord, query)).rows)
      await sendDelivery(ctx, notifications, id)
    const mail = (smtp.received[0]?.mail ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
    expect(mail).toContain(`https://lab.example.org/app/machine-qa/sessions/${bad.session.id}`)
    expect(mail).toContain('Test output')
    expect(mail).toContain('104 (4)')
    expect(mail).toContain('Content-Type: text/html')
    await smtp.close()
  })

  it('hold what belongs into the daily message', async () => {
    const { ctx, smtp, subscribe, tellAll } = await prepare()
    const { assignmentId } = await makeList(ctx)
    await subscribe('session.completed', { whenTold: 'daily' })
    await perform(ctx, assignmentId, 100)
    await tellAll()
    expect((await told(ctx)).every((line) => line.endsWith('(held)'))).toBe(true)
    expect((await told(ctx)).length).toBe(2)
    await smtp.close()
  })

  it('tell of service events as they go on, of faults, and of parts that become low', async () => {
    const { ctx, smtp, subscribe, tellAll, clock } = await prepare()
    const { areaId, unitId } = await makeServiceUnit(ctx)
    // before anybody subscribed
    await createRecord(ctx, serviceEvent, await eventFields(ctx, areaId))
    clock.advance(1000)
    await subscribe('service.new')
    await subscribe('fault.logged')
    await subscribe('part.low')
    const event = await createRecord(ctx, serviceEvent, await eventFields(ctx, areaId))
    await reportFault(ctx, { unit: unitId, codes: ['MLC 4'] })
    const { partId, storageId } = await makeStock(ctx, 1, 2)
    await tellAll()
    await tellAll()
    const chief = (await told(ctx)).filter((line) => line.startsWith('chief'))
    expect(chief.map((line) => line.replace(/Unit \d+|Part \d+/, 'X'))).toEqual([
      'chief@lab.example: Fault: X, MLC 4 (waiting)',
      'chief@lab.example: Low in stock: X (waiting)',
      `chief@lab.example: Reported: service event ${event.id}, X (waiting)`,
    ])
    expect((await told(ctx)).length).toBe(6)
    // filled up, and low again
    const where = { kind: 'compare', field: 'part', lookup: 'exact', value: partId } as const
    const stored = await listRecords(ctx, partStorage, { where, order: [], limit: 1, offset: 0 })
    const [place] = stored.rows
    for (const quantity of [5, 1]) {
      const [current] = (await listRecords(ctx, partStorage, { where, order: [], limit: 1, offset: 0 })).rows
      await changeRecord(ctx, partStorage, place?.id ?? 0, current?.version ?? 0, { quantity })
      clock.advance(1000)
      await tellAll()
    }
    expect((await told(ctx)).filter((line) => line.includes('Low in stock')).length).toBe(4)
    expect(storageId).toBeGreaterThan(0)
    await smtp.close()
  })

  it('tell what is due at times of their own, once, and what was missed only once', async () => {
    const { ctx, smtp, notifications, subscribe, clock } = await prepare()
    const { assignmentId } = await makeList(ctx)
    const times = { recurrence: 'RRULE:FREQ=DAILY', timeOfDay: '07:15' }
    const due = await subscribe('schedule.due', times)
    await subscribe('schedule.upcoming', times)
    await subscribe('session.unreviewed', { ...times, sendEmpty: true })
    expect(due.nextRunAt).toEqual(new Date('2019-07-26T11:15:00Z'))
    await tellBySchedule(ctx, notifications)
    expect(await told(ctx)).toEqual([])
    clock.advance(3 * DAY_MS)
    await Promise.all([tellBySchedule(ctx, notifications), tellBySchedule(ctx, notifications)])
    await tellBySchedule(ctx, notifications)
    expect(await told(ctx)).toEqual([
      'chief@lab.example: schedule.due: 1 (waiting)',
      'chief@lab.example: session.unreviewed: nothing (waiting)',
      'physicist@lab.example: schedule.due: 1 (waiting)',
      'physicist@lab.example: session.unreviewed: nothing (waiting)',
    ])
    clock.advance(DAY_MS)
    await perform(ctx, assignmentId, 100)
    await tellBySchedule(ctx, notifications)
    expect((await told(ctx)).filter((line) => line.includes('session.unreviewed: 1')).length).toBe(2)
    await smtp.close()
  })

  it('are not lost, nor doubled, when the server dies while it tells', async () => {
    const { ctx, smtp, notifications, subscribe, tellAll } = await prepare()
    const { assignmentId } = await makeList(ctx)
    await subscribe('session.completed')
    await perform(ctx, assignmentId, 100)
    await sealAudit(ctx.database)
    const dying: Context = {
      ...ctx,
      database: {
        ...ctx.database,
        transaction: (run) =>
          ctx.database.transaction(async (db) => {
            await run(db)
            throw new Error('killed before it was committed')
          }),
      },
    }
    await expect(tellOfEvents(dying, notifications)).rejects.toThrow('killed')
    expect(await told(ctx)).toEqual([])
    await tellAll()
    expect((await told(ctx)).length).toBe(2)
    await smtp.close()
  })

  it.each([
    [{ event: 'schedule.due' }, 'recurrence'],
    [{ event: 'session.action', timeOfDay: '07:10' }, 'timeOfDay'],
    [{ event: 'something' }, 'event'],
  ])('refuse the subscription %j', async (values, field) => {
    const { subscribe, smtp } = await prepare()
    await expect(subscribe(values.event, { timeOfDay: '07:00', ...values })).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field }] },
    })
    await smtp.close()
  })

  it('refuse recipients that are no addresses', async () => {
    const { ctx, smtp } = await prepare()
    await expect(
      createRecord(ctx, recipients, { name: 'x', addresses: 'a@b.c\nchief' }),
    ).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field: 'addresses' }] },
    })
    await smtp.close()
  })
})
