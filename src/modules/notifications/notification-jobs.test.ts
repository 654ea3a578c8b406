import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { forEachDatabase, makeTestDatabase } from '../../platform/database/testing.ts'
import { makeAccess, makeUser } from '../access/testing.ts'
import type { Job, JobQueue } from '../jobs/job.ts'
import { createPgBossQueue } from '../jobs/pg-boss-queue.ts'
import { runJob } from '../jobs/run-job.ts'
import { createSqliteQueue } from '../jobs/sqlite-queue.ts'
import { listRecords } from '../records/list-records.ts'
import { handOverAbandoned } from './hand-over-abandoned.ts'
import { notificationJobs } from './notification-jobs.ts'
import { type Notifications, openNotifications } from './notifications.ts'
import { notify } from './notify.ts'
import { deliveryRecord } from './records/delivery.ts'
import { JOB_FAILED, reportFailedJobs } from './report-failed-jobs.ts'
import {
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  OVERDUE,
  startMailServer,
} from './testing.ts'

type Server = {
  readonly ctx: Context
  readonly notifications: Notifications
  readonly queue: JobQueue
  readonly close: () => Promise<void>
}

forEachDatabase('jobs of notifications', NOTIFICATION_TEST_MIGRATIONS, (open, kind) => {
  async function everything(ctx: Context) {
    const query = { where: EVERYTHING, order: [], limit: 1000, offset: 0 }
    return (await listRecords(ctx, deliveryRecord, query)).rows
  }

  it('sends each message once, with as many servers as the database allows', async () => {
    const smtp = await startMailServer()
    const config = await makeTestDatabase(kind, NOTIFICATION_TEST_MIGRATIONS)
    async function startServer(): Promise<Server> {
      const handle = await openDatabase(config)
      const ctx = makeNotificationContext(handle)
      const notifications = makeNotifications(smtp.mailer)
      const jobs = notificationJobs(notifications, [])
      const queue =
        config.kind === 'postgres'
          ? createPgBossQueue(ctx, config.url, jobs, (error) => expect.unreachable(String(error)))
          : createSqliteQueue(ctx, jobs, (error) => expect.unreachable(String(error)))
      return {
        ctx,
        notifications,
        queue,
        close: async () => {
          await queue.stop()
          await handle.close()
        },
      }
    }
    const first = await startServer()
    const { ctx, notifications } = first
    const to = await Promise.all(
      [1, 2].map((n) => makeUser(ctx, makeAccess(), { email: `n${n}@lab.example` })),
    )
    const event = (n: number) => ({
      kind: OVERDUE.kind,
      to,
      subject: `Event ${n}`,
      text: '',
      key: `e${n}`,
    })
    // before there is a queue: the next hand-over finds it
    await notify(ctx, notifications, event(0))
    await first.queue.start()
    notifications.relay.attach(first.queue)
    const servers = kind === 'postgres' ? [first, await startServer()] : [first]
    await servers[1]?.queue.start()
    await handOverAbandoned(ctx, notifications)
    for (let n = 1; n < 4; n += 1) await notify(ctx, notifications, event(n))
    await notify(ctx, notifications, event(3))
    await smtp.taken(8)
    for (const server of servers.toReversed()) await server.queue.stop()
    expect((await everything(ctx)).map(({ state, attempts }) => [state, attempts])).toEqual(
      Array(8).fill(['sent', 1]),
    )
    const told = smtp.received.map(({ to: [address], mail }) => `${address} ${/Event \d/.exec(mail)?.[0]}`)
    expect(new Set(told).size).toBe(8)
    expect(told.length).toBe(8)
    for (const server of servers) await server.close()
    await smtp.close()
  })

  it('tells administrators about work that fails, once a day', async () => {
    const smtp = await startMailServer()
    const ctx = makeNotificationContext(await open('fresh'))
    const notifications = openNotifications({ ...makeNotifications(smtp.mailer), kinds: [JOB_FAILED] })
    const administrator = await makeUser(ctx, makeAccess(), {
      isAdministrator: true,
      email: 'admin@lab.example',
    })
    await makeUser(ctx, makeAccess(), { email: 'other@lab.example' })
    const job: Job = {
      kind: 'test.print',
      title: 'Print',
      run: () => Promise.reject(new Error('out of paper')),
    }
    await reportFailedJobs(ctx, notifications, [job])
    expect(await everything(ctx)).toEqual([])
    await runJob(ctx, job, null)
    await reportFailedJobs(ctx, notifications, [job])
    await runJob(ctx, job, null)
    await reportFailedJobs(ctx, notifications, [job])
    expect(await everything(ctx)).toMatchObject([
      { kind: 'jobs.failed', recipient: administrator, subject: 'Background work failed: Print' },
    ])
    await smtp.close()
  })
})
