import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { forEachDatabase, makeTestDatabase } from '../../platform/database/testing.ts'
import { definePermissions } from '../access/domain/permission.ts'
import { groupRecord } from '../access/records/group.ts'
import { permissionRecord } from '../access/records/permission.ts'
import { syncPermissions } from '../access/sync-permissions.ts'
import { asUser, makeAccess, makeClock, makeUser } from '../access/testing.ts'
import { type Notifications, openNotifications } from '../notifications/notifications.ts'
import { deliveryRecord } from '../notifications/records/delivery.ts'
import { sendDelivery } from '../notifications/send-delivery.ts'
import { makeNotifications, startMailServer } from '../notifications/testing.ts'
import { listRecords } from '../records/list-records.ts'
import { createRecord } from '../records/save-record.ts'
import { getSavedReport, listReportRuns, listSavedReports, openRunFile } from './list-reports.ts'
import { REPORT_PERMISSIONS } from './permissions.ts'
import { collectReportKinds, type ReportKind } from './report-kind.ts'
import { REPORT_FAILED, REPORT_SENT } from './report-notices.ts'
import type { Reports } from './reports.ts'
import { changeReport, removeReport, saveReport } from './save-report.ts'
import { type ReportSending, sendDueReports } from './scheduled-reports.ts'
import { claimRun, findOpenRuns } from './store/runs.ts'
import { makeReportContext, REPORT_TEST_MIGRATIONS } from './testing.ts'

const TEST_PERMISSION = 'test.report.see'
const OWNER_RIGHTS = [TEST_PERMISSION, 'reports.report.run', 'reports.report.save', 'reports.report.schedule']

/** What the report of these tests finds, or why it fails. */
type Found = { rows: number; failure?: RefusedError; ranAs: string[] }

function reportsOf(found: Found): Reports {
  const kind: ReportKind = {
    kind: 'test.rows',
    title: 'Rows',
    description: '',
    permission: TEST_PERMISSION,
    filters: [{ name: 'when', label: 'When', kind: 'period', direction: 'past', required: true }],
    formats: ['csv', 'pdf'],
    run: async ({ actor }) => {
      if (found.failure) throw found.failure
      found.ranAs.push(actor.kind === 'user' ? actor.username : actor.kind)
      const rows = Array.from({ length: found.rows }, (_, index) => ({ cells: [index + 1] }))
      return { facts: [], columns: [{ title: 'Row', kind: 'number' }], rows, isCut: false }
    },
  }
  return {
    kinds: collectReportKinds([kind]),
    documentKinds: new Map(),
    builder: {
      buildPdf: () => Promise.reject(new Error('no PDF here')),
      buildLabels: () => Promise.reject(new Error('no labels here')),
    },
    siteName: 'Test',
  }
}

const DAILY = { recurrence: 'RRULE:FREQ=DAILY', minuteOfDay: 360 }

function input(parts: Readonly<Record<string, unknown>> = {}) {
  return {
    title: 'Rows of the week',
    kind: 'test.rows',
    format: 'csv',
    filters: { when: 'last-7-days' },
    schedule: { ...DAILY, addresses: ['board@lab.example'] },
    ...parts,
  }
}

async function declare(ctx: Context): Promise<void> {
  const permissions = [...REPORT_PERMISSIONS, ...definePermissions('test', { 'report.see': 'See' })]
  await syncPermissions(ctx, { permissions, groups: [], grants: [] })
}

async function makeHolder(ctx: Context, codes: readonly string[], email: string): Promise<number> {
  const id = await makeUser(ctx, makeAccess(), { email })
  const query = { where: EVERYTHING, order: [], limit: 100, offset: 0 }
  const { rows } = await listRecords(ctx, permissionRecord, query)
  const permissions = rows.filter(({ code }) => codes.includes(String(code))).map((row) => row.id)
  await createRecord(ctx, groupRecord, { name: `group of ${email}`, permissions, users: [id] })
  return id
}

function withKinds(notifications: Notifications): Notifications {
  return openNotifications({ ...notifications, kinds: [REPORT_SENT, REPORT_FAILED] })
}

forEachDatabase('scheduled reports', REPORT_TEST_MIGRATIONS, (open, kind) => {
  async function prepare(handle?: Awaited<ReturnType<typeof open>>) {
    const clock = makeClock('2026-11-21T15:00:00.000Z')
    const ctx = await makeReportContext(handle ?? (await open('fresh')), { now: clock.now })
    await declare(ctx)
    const smtp = await startMailServer()
    const found: Found = { rows: 2, ranAs: [] }
    const sending: ReportSending = {
      reports: reportsOf(found),
      notifications: withKinds(makeNotifications(smtp.mailer)),
      access: makeAccess(),
    }
    const owner = await makeHolder(ctx, OWNER_RIGHTS, 'owner@lab.example')
    return { ctx, clock, smtp, found, sending, owner, as: () => asUser(ctx, owner) }
  }

  async function deliveries(ctx: Context) {
    const query = { where: EVERYTHING, order: [], limit: 100, offset: 0 }
    return (await listRecords(ctx, deliveryRecord, query)).rows
  }

  it('go out at their time of day as mails with the file, and once for what was missed', async () => {
    const { ctx, clock, smtp, found, sending, owner, as } = await prepare()
    const reader = await makeUser(ctx, makeAccess(), { email: 'reader@lab.example' })
    const group = await createRecord(ctx, groupRecord, { name: 'Board', users: [reader, owner] })
    const schedule = {
      ...DAILY,
      addresses: ['board@lab.example', 'READER@lab.example'],
      groupIds: [group.id],
    }
    const saved = await saveReport(await as(), sending.reports, input({ schedule }))
    expect(saved.nextRunAt).toEqual(new Date('2026-11-22T11:00:00Z'))
    await sendDueReports(ctx, sending)
    expect(found.ranAs).toEqual([])
    clock.advance(3 * 86_400_000)
    await sendDueReports(ctx, sending)
    await sendDueReports(ctx, sending)
    expect(found.ranAs).toEqual([(await as()).actor.kind === 'user' ? expect.any(String) : ''])
    const made = await deliveries(ctx)
    expect(made.map(({ address }) => address).sort()).toEqual([
      'board@lab.example',
      'owner@lab.example',
      'reader@lab.example',
    ])
    for (const { id } of made) await sendDelivery(ctx, sending.notifications, id)
    const mail = smtp.received[0]?.mail ?? ''
    expect(mail).toContain('Subject: Rows of the week')
    expect(mail).toContain('filename="Rows of the week 2026-11-24.csv"')
    expect(mail).toContain('Content-Type: text/html')
    expect(mail).toContain(`https://lab.example.org/app/reports/${saved.id}`)
    const [run, ...others] = await listReportRuns(await as(), saved.id)
    expect(others).toEqual([])
    expect(run).toMatchObject({
      state: 'done',
      scheduledFor: new Date('2026-11-22T11:00:00Z'),
      rowCount: 2,
      recipients: 3,
    })
    const { content } = await openRunFile(await as(), saved.id, run?.id ?? 0)
    expect(await text(content)).toBe('Row\r\n1\r\n2\r\n')
    expect((await getSavedReport(await as(), saved.id)).nextRunAt).toEqual(new Date('2026-11-25T11:00:00Z'))
    await smtp.close()
  })

  it('are sent once, with two servers and after one was killed', async () => {
    const config = await makeTestDatabase(kind, REPORT_TEST_MIGRATIONS)
    const handles = [await openDatabase(config), ...(kind === 'postgres' ? [await openDatabase(config)] : [])]
    const [first] = handles
    if (!first) throw new Error('no database')
    const { ctx, clock, smtp, sending, as } = await prepare(first)
    await saveReport(await as(), sending.reports, input())
    clock.advance(86_400_000)
    const servers = handles.map((database) => ({ ...ctx, database, db: database.db }))
    await Promise.all(servers.flatMap((server) => [1, 2].map(() => sendDueReports(server, sending))))
    expect((await deliveries(ctx)).length).toBe(1)
    // the next day a server takes the run and dies
    clock.advance(86_400_000)
    await Promise.all(
      servers.map((server) => sendDueReports(server, { ...sending, reports: dying() })).map(ended),
    )
    expect((await deliveries(ctx)).length).toBe(1)
    clock.advance(16 * 60_000)
    await Promise.all(servers.map((server) => sendDueReports(server, sending)))
    expect((await deliveries(ctx)).length).toBe(2)
    for (const handle of handles) await handle.close()
    await smtp.close()
  })

  it('leaves a run that somebody works on alone until that must have died', async () => {
    const { ctx, clock, smtp, sending, as } = await prepare()
    await saveReport(await as(), sending.reports, input())
    clock.advance(86_400_000)
    await ended(sendDueReports(ctx, { ...sending, reports: dying() }))
    clock.advance(6 * 60_000)
    const [open1] = await findOpenRuns(ctx.db, clock.now(), 5)
    const until = new Date(clock.now().getTime() + 60_000)
    const claims = await Promise.all([1, 2].map(() => claimRun(ctx.db, open1 ?? 0, clock.now(), until)))
    expect(claims.filter((claim) => claim !== undefined).length).toBe(1)
    expect(await findOpenRuns(ctx.db, clock.now(), 5)).toEqual([])
    await smtp.close()
  })

  it('show what their owner may see then, and tell the owner when they cannot be made', async () => {
    const { ctx, clock, smtp, sending, found, owner, as } = await prepare()
    const saved = await saveReport(await as(), sending.reports, input())
    found.failure = new RefusedError({ kind: 'not-permitted', permission: 'x' })
    clock.advance(86_400_000)
    await sendDueReports(ctx, sending)
    expect(await deliveries(ctx)).toMatchObject([
      { kind: 'reports.failed', recipient: owner, subject: 'Not sent: Rows of the week' },
    ])
    expect(await listReportRuns(await as(), saved.id)).toMatchObject([
      { state: 'failed', problem: 'This needs the permission x.' },
    ])
    await smtp.close()
  })

  it('with nothing to say are sent only where that is asked for', async () => {
    const { ctx, clock, smtp, sending, found, as } = await prepare()
    found.rows = 0
    const quiet = await saveReport(await as(), sending.reports, input())
    const schedule = { ...DAILY, addresses: ['always@lab.example'], sendEmpty: true }
    await saveReport(await as(), sending.reports, input({ title: 'Always', schedule }))
    clock.advance(86_400_000)
    await sendDueReports(ctx, sending)
    expect((await deliveries(ctx)).map(({ address }) => address)).toEqual(['always@lab.example'])
    expect(await listReportRuns(await as(), quiet.id)).toMatchObject([{ state: 'empty' }])
    await smtp.close()
  })

  it('belong to their owner, and to whom the owner shows them', async () => {
    const { ctx, smtp, sending, owner, as } = await prepare()
    const rights = [...OWNER_RIGHTS, 'reports.report.manage']
    const other = await asUser(ctx, await makeHolder(ctx, rights, 'other@lab.example'))
    const mine = await saveReport(await as(), sending.reports, input({ title: 'Mine' }))
    const shared = await saveReport(
      await as(),
      sending.reports,
      input({ title: 'Shared', visibility: 'everybody', schedule: null }),
    )
    const groupIds = other.actor.kind === 'user' ? other.actor.groupIds : []
    const parts = { title: 'Grouped', visibility: 'groups', visibleTo: groupIds }
    await saveReport(await as(), sending.reports, input(parts))
    expect((await listSavedReports(other)).map(({ title }) => title)).toEqual(['Grouped', 'Shared'])
    await expect(getSavedReport(other, mine.id)).rejects.toMatchObject({ refusal: { kind: 'not-found' } })
    const changed = await changeReport(
      other,
      sending.reports,
      shared.id,
      1,
      input({ title: 'Renamed', visibility: 'everybody' }),
    )
    expect(changed).toMatchObject({ ownerId: owner, version: 2, title: 'Renamed' })
    await expect(
      changeReport(other, sending.reports, shared.id, 1, input({ title: 'Late', visibility: 'everybody' })),
    ).rejects.toMatchObject({ refusal: { kind: 'conflict' } })
    await expect(saveReport(await as(), sending.reports, input({ title: 'MINE' }))).rejects.toMatchObject({
      refusal: { kind: 'conflict', field: 'title' },
    })
    await removeReport(other, shared.id)
    expect((await listSavedReports(await as())).map(({ title }) => title)).toEqual(['Grouped', 'Mine'])
    await smtp.close()
  })

  it.each([
    [{ title: ' ' }, 'title'],
    [{ format: 'xlsx' }, 'format'],
    [{ filters: {} }, 'filters.when'],
    [{ visibility: 'world' }, 'visibility'],
    [{ visibility: 'groups', visibleTo: [] }, 'visibleTo'],
    [{ notes: [{ text: 5 }] }, 'notes.0'],
    [{ schedule: { ...DAILY } }, 'schedule'],
    [{ schedule: { ...DAILY, addresses: ['a, b@c'] } }, 'schedule.addresses'],
    [{ schedule: { ...DAILY, minuteOfDay: 7, addresses: ['a@b.c'] } }, 'schedule.minuteOfDay'],
    [
      { schedule: { ...DAILY, recurrence: 'RRULE:FREQ=SECONDLY', addresses: ['a@b.c'] } },
      'schedule.recurrence',
    ],
    [{ schedule: { ...DAILY, recurrence: '', addresses: ['a@b.c'] } }, 'schedule.recurrence'],
    [{ schedule: { ...DAILY, userIds: [999_999] } }, 'schedule.userIds'],
  ])('refuse %j', async (parts, field) => {
    const { smtp, sending, as } = await prepare()
    await expect(saveReport(await as(), sending.reports, input(parts))).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field }] },
    })
    await smtp.close()
  })
})

/** Stands for a process that ends in the middle of a report. */
function dying(): Reports {
  const reports = reportsOf({ rows: 0, ranAs: [] })
  const [kind] = [...reports.kinds.values()]
  if (!kind) throw new Error('no kind')
  return {
    ...reports,
    kinds: collectReportKinds([{ ...kind, run: () => Promise.reject(new Error('killed')) }]),
  }
}

/** How a server ended is not of interest. */
async function ended(work: Promise<void>): Promise<void> {
  await Promise.allSettled([work])
}
