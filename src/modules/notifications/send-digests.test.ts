import { expect, it } from 'vitest'
import { EVERYTHING } from '../../core/query.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { makeAccess, makeUser } from '../access/testing.ts'
import { listRecords } from '../records/list-records.ts'
import { notify } from './notify.ts'
import { deliveryRecord } from './records/delivery.ts'
import { sendDelivery } from './send-delivery.ts'
import { sendDigests } from './send-digests.ts'
import {
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  startMailServer,
  WEEKLY_NEWS,
} from './testing.ts'

forEachDatabase('daily messages', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  it('joins what is held for each person, once', async () => {
    const smtp = await startMailServer()
    const ctx = makeNotificationContext(await open('fresh'))
    const notifications = makeNotifications(smtp.mailer)
    const roy = await makeUser(ctx, makeAccess(), { email: 'roy@lab.example' })
    const jane = await makeUser(ctx, makeAccess(), { email: 'jane@lab.example' })
    const news = (to: readonly number[], subject: string) =>
      notify(ctx, notifications, {
        kind: WEEKLY_NEWS.kind,
        to,
        subject,
        text: `All of ${subject}`,
        key: subject,
      })
    await news([roy, jane], 'First')
    await news([roy], 'Second')

    await Promise.all([sendDigests(ctx, notifications), sendDigests(ctx, notifications)])
    await sendDigests(ctx, notifications)
    const { rows } = await listRecords(ctx, deliveryRecord, {
      where: EVERYTHING,
      order: [{ path: ['id'], direction: 'asc' }],
      limit: 100,
      offset: 0,
    })
    for (const { id } of rows) await sendDelivery(ctx, notifications, id)

    const states = rows.map(({ kind, subject, state }) => [kind, subject, state])
    expect(states.slice(0, 3)).toEqual([
      [WEEKLY_NEWS.kind, 'First', 'bundled'],
      [WEEKLY_NEWS.kind, 'First', 'bundled'],
      [WEEKLY_NEWS.kind, 'Second', 'bundled'],
    ])
    expect(states.slice(3).sort()).toEqual([
      ['notifications.digest', '1 notification', 'waiting'],
      ['notifications.digest', '2 notifications', 'waiting'],
    ])
    const mails = Object.fromEntries(smtp.received.map(({ to, mail }) => [to[0], mail]))
    expect(Object.keys(mails).sort()).toEqual(['jane@lab.example', 'roy@lab.example'])
    expect(mails['roy@lab.example']).toContain('First\r\n    All of First\r\n\r\nSecond\r\n    All of Second')
    expect(mails['jane@lab.example']).not.toContain('Second')
    await smtp.close()
  })
})
