import type { Context } from '../../context.ts'
import { all, equals, parseOrder } from '../../core/query.ts'
import { recipients } from '../../modules/machine-qa/records/recipients.ts'
import { session } from '../../modules/machine-qa/records/session.ts'
import { subscription } from '../../modules/machine-qa/records/subscription.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { issueComposed } from '../../modules/reports/issue-document.ts'
import type { Reports } from '../../modules/reports/reports.ts'
import { saveReport } from '../../modules/reports/save-report.ts'
import { holidayRecord } from '../../modules/site/records/holiday.ts'
import type { DemoPeople } from '../seed-accounts.ts'

const DAILY = 'RRULE:FREQ=DAILY'
const MONDAYS = 'RRULE:FREQ=WEEKLY;BYDAY=MO'

/** Reports that are saved and sent, who is told of what, documents that were given out, and the year's holidays. */
export async function seedReports(tx: Context, people: DemoPeople, reports: Reports): Promise<void> {
  const ctx: Context = { ...tx, actor: people.actor('physicist') }
  const physicists = people.group('machine-qa.physicist')
  const weekly = await saveReport(ctx, reports, {
    title: 'QA of the week',
    kind: 'machine-qa.session-summary',
    format: 'pdf',
    filters: { completed: 'last-7-days' },
    notes: [{ heading: '', text: 'For the meeting on Monday.' }],
    signature: true,
    visibility: 'everybody',
    schedule: {
      recurrence: MONDAYS,
      minuteOfDay: 420,
      groupIds: [physicists],
      addresses: ['board@clinic.example'],
    },
  })
  await saveReport(ctx, reports, {
    title: 'What is overdue',
    kind: 'machine-qa.due-and-overdue',
    format: 'pdf',
    filters: { states: ['action'] },
    visibility: 'everybody',
  })
  await saveReport(ctx, reports, {
    title: 'Availability of the linacs',
    kind: 'machine-qa.downtime',
    format: 'xlsx',
    filters: { period: 'last-6-months' },
    visibility: 'groups',
    visibleTo: [physicists, people.group('machine-qa.reviewer')],
  })
  await seedSubscriptions(ctx, physicists)
  await seedDocuments(ctx, reports, weekly.id)
  await seedHolidays(ctx)
}

async function seedSubscriptions(ctx: Context, physicists: number): Promise<void> {
  const { id: physics } = await createRecord(ctx, recipients, { name: 'Physics', groups: [physicists] })
  const subscriptions = [
    { name: 'Results at action level', event: 'session.action' },
    { name: 'Due and overdue QA', event: 'schedule.due', recurrence: DAILY, timeOfDay: '07:00' },
    { name: 'Unreviewed QA', event: 'session.unreviewed', recurrence: MONDAYS, timeOfDay: '08:00' },
    { name: 'New service events', event: 'service.new' },
    { name: 'Faults', event: 'fault.logged', whenTold: 'daily' },
    { name: 'Parts that run low', event: 'part.low', whenTold: 'daily' },
  ]
  for (const each of subscriptions) await createRecord(ctx, subscription, { ...each, recipients: physics })
}

/** A session that was given out twice, and a report. */
async function seedDocuments(ctx: Context, reports: Reports, reportId: number): Promise<void> {
  const { rows } = await listRecords(
    ctx,
    session,
    {
      where: all(equals('inProgress', false), equals('allReviewed', true), equals('voidedAt', null)),
      order: [parseOrder('-workCompleted')],
      limit: 1,
      offset: 0,
    },
    { total: 'none' },
  )
  const services = { documentKinds: reports.documentKinds, builder: reports.builder }
  const kind = 'machine-qa.session'
  for (const { id } of rows) {
    const issued = await issueComposed(ctx, services, { kind, subjectId: String(id) })
    await issueComposed(ctx, services, { kind, subjectId: String(id), supersedesId: issued.id })
  }
  await issueComposed(ctx, services, { kind: 'reports.report', subjectId: String(reportId) })
}

/** Days of the month on which nobody works, in the present year and the next. */
async function seedHolidays(ctx: Context): Promise<void> {
  const year = ctx.now().getUTCFullYear()
  const days = [
    ['01-01', 'New Year’s Day'],
    ['07-01', 'Canada Day'],
    ['12-25', 'Christmas Day'],
    ['12-26', 'Boxing Day'],
  ] as const
  for (const each of [year, year + 1]) {
    for (const [day, name] of days) await createRecord(ctx, holidayRecord, { day: `${each}-${day}`, name })
  }
}
