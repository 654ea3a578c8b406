import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { inviteUser } from '../access/invite-user.ts'
import { type FakeClock, makeAccess, makeClock, makeUser } from '../access/testing.ts'
import { findRecords } from '../records/list-records.ts'
import { failedDeliveriesSource } from './failed-deliveries.ts'
import type { Notifications } from './notifications.ts'
import { type Notice, notify } from './notify.ts'
import { mailQueue } from './queue-mail.ts'
import { deliveryRecord } from './records/delivery.ts'
import { resendDelivery } from './resend-delivery.ts'
import { DELIVERY_RETRIES, sendDelivery } from './send-delivery.ts'
import { claimDelivery, takeAbandoned } from './store/deliveries.ts'
import type { NotificationTables } from './store/tables.ts'
import {
  type MailServer,
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  OVERDUE,
  startMailServer,
} from './testing.ts'

const MINUTE_MS = 60_000

forEachDatabase('deliveries', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  let smtp: MailServer
  let ctx: Context
  let clock: FakeClock
  let notifications: Notifications
  let key = 0

  beforeEach(async () => {
    smtp = await startMailServer()
    clock = makeClock()
    ctx = makeNotificationContext(await open(), { now: clock.now })
    notifications = makeNotifications(smtp.mailer)
  })
  afterEach(() => smtp.close())

  /** Queues one mail. @returns the id of its delivery */
  async function queueOne(parts: Partial<Notice> = {}): Promise<number> {
    key += 1
    const user = await makeUser(ctx, makeAccess(), { email: `user-${key}@lab.example` })
    await notify(ctx, notifications, {
      kind: OVERDUE.kind,
      to: [user],
      subject: 'Überfällig',
      text: 'Since yesterday.',
      path: '/app/x',
      key: `send-${key}`,
      ...parts,
    })
    return latestId()
  }

  async function latestId(): Promise<number> {
    const { id } = await ctx.db
      .withTables<NotificationTables>()
      .selectFrom('notifications_delivery')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    return id
  }

  const stored = async (id: number) => (await findRecords(ctx, deliveryRecord, [id]))[0]
  const sealed = (id: number) =>
    ctx.db
      .withTables<NotificationTables>()
      .selectFrom('notifications_delivery')
      .select('sealed')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  it('sends a mail once, however often it is tried and by however many', async () => {
    const id = await queueOne()
    await Promise.all([1, 2, 3, 4].map(() => sendDelivery(ctx, notifications, id)))
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received.map(({ to }) => to)).toEqual([[`user-${key}@lab.example`]])
    expect(smtp.received[0]?.mail).toContain('Since yesterday.\r\n\r\nhttps://lab.example.org/app/x')
    expect(await stored(id)).toMatchObject({ state: 'sent', attempts: 1, problem: null, sentAt: clock.now() })
    expect(await sealed(id)).toEqual({ sealed: null })
  })

  it('tries again what the server refuses for now, and notes what it said', async () => {
    const id = await queueOne()
    smtp.refuseNext('451 Greylisted, come back')
    await expect(sendDelivery(ctx, notifications, id)).rejects.toMatchObject({
      refusal: { kind: 'upstream-failed' },
    })
    expect(await stored(id)).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(String((await stored(id))?.problem)).toContain('Greylisted')
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received.length).toBe(1)
    expect(await stored(id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('gives up after the last attempt, tells administrators, and tries again when asked to', async () => {
    const id = await queueOne()
    smtp.refuseNext(...Array(DELIVERY_RETRIES + 1).fill('450 Mailbox busy'))
    for (let attempt = 0; attempt <= DELIVERY_RETRIES; attempt += 1) {
      await expect(sendDelivery(ctx, notifications, id)).rejects.toThrow('Mailbox busy')
    }
    expect(await stored(id)).toMatchObject({ state: 'failed', attempts: DELIVERY_RETRIES + 1 })
    expect(await failedDeliveriesSource(ctx)).toMatchObject([{ token: 'act' }])
    await resendDelivery(ctx, notifications, id)
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received.length).toBe(1)
    await expect(resendDelivery(ctx, notifications, id)).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } }
    await expect(resendDelivery(anonymous, notifications, id)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
    expect(await failedDeliveriesSource(anonymous)).toEqual([])
  })

  it('gives up at once what no server will ever take', async () => {
    await mailQueue(ctx, notifications)({ to: 'not an address', subject: 'x', text: 'x' })
    const id = await latestId()
    await sendDelivery(ctx, notifications, id)
    expect(await stored(id)).toMatchObject({ state: 'failed', attempts: 1 })
    expect(smtp.received).toEqual([])
  })

  it('finds what a killed process was sending, but not before its time', async () => {
    const id = await queueOne()
    const [now, later] = [clock.now(), new Date(clock.now().getTime() + 10 * MINUTE_MS)]
    expect(await claimDelivery(ctx.db, id, later)).toMatchObject({ id, attempts: 1 })
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received).toEqual([])
    expect(await takeAbandoned(ctx.db, now, later, 100)).not.toContain(id)
    clock.advance(11 * MINUTE_MS)
    const found = await Promise.all(
      [1, 2].map(() => takeAbandoned(ctx.db, clock.now(), new Date(clock.now().getTime() + MINUTE_MS), 100)),
    )
    expect(found.flat().filter((each) => each === id)).toEqual([id])
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received.length).toBe(1)
  })

  it('brings invitations, whose link stands readable in no table', async () => {
    const access = makeAccess({ sendMail: mailQueue(ctx, notifications) })
    const email = `new-${ctx.database.kind}@lab.example`
    await inviteUser(ctx, access, { username: email.replace('@', '.'), email })
    const id = await latestId()
    expect(await stored(id)).toMatchObject({ kind: 'access.mail', address: email, state: 'waiting' })
    const { sealed: body } = await sealed(id)
    expect(body).not.toContain('choose-password')
    await sendDelivery(ctx, notifications, id)
    expect(smtp.received[0]?.to).toEqual([email])
    expect(smtp.received[0]?.mail.replaceAll('=\r\n', '')).toContain(
      'https://lab.example.org/app/choose-password#',
    )
  })
})
