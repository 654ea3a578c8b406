import { asSystem, type Context, inTransaction } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { nextRun } from '../../core/scheduled-time.ts'
import { MAX_ATTACHMENTS_BYTES } from '../../platform/mail/mail-message.ts'
import type { Access } from '../access/access.ts'
import { actingAs } from '../access/acting-as.ts'
import { findAccount } from '../access/find-account.ts'
import { groupRecord } from '../access/records/group.ts'
import type { Notifications } from '../notifications/notifications.ts'
import { notify } from '../notifications/notify.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import type { ReportSchedule, SavedReport } from './domain/saved-report.ts'
import { buildReportFile, type ReportFile } from './report-file.ts'
import { REPORT_FAILED, REPORT_SENT } from './report-notices.ts'
import type { Reports } from './reports.ts'
import { claimRun, findOpenRuns, insertRun, type RunOutcome, saveRunOutcome } from './store/runs.ts'
import { advanceReport, findDueReports, findSavedReports } from './store/saved-reports.ts'

/** What sending reports needs besides the context. */
export type ReportSending = {
  readonly reports: Reports
  readonly notifications: Notifications
  readonly access: Access
}

const BATCH = 20
/** Longer than any report takes; then whoever worked on it was killed. */
const CLAIM_MS = 15 * 60_000
const MOST_ATTEMPTS = 3
/** A run that kills whoever works on it is not tried for ever. */
const MOST_CLAIMS = 6
const RETRY_MS = 5 * 60_000

/**
 * Runs and sends every saved report whose time has come. Each time of a schedule has one run, whoever notices it first
 * and whatever is killed when: what was begun is taken up again, and what was sent is not sent again.
 */
export async function sendDueReports(ctx: Context, sending: ReportSending): Promise<void> {
  for (const id of await findDueReports(ctx.db, ctx.now(), BATCH)) await noteDue(ctx, id)
  for (const id of await findOpenRuns(ctx.db, ctx.now(), BATCH)) await workOn(ctx, sending, id)
}

/** Notes one run and moves the report on. What was missed while no server ran comes once. */
function noteDue(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const [report] = await findSavedReports(tx.db, { ids: [id] })
    if (!report?.nextRunAt || !report.schedule || report.nextRunAt > tx.now()) return
    const { schedule, nextRunAt } = report
    const after = nextRun(schedule, { after: tx.now(), anchor: nextRunAt, zone: tx.zone })
    // another server was quicker
    if (!(await advanceReport(tx.db, id, nextRunAt, after))) return
    await insertRun(tx.db, {
      ...{ reportId: id, kind: report.kind, title: report.title, format: report.format },
      ...{ scheduledFor: nextRunAt, startedAt: tx.now(), byId: report.ownerId },
      ...{ state: 'waiting', retryAt: tx.now() },
    })
  })
}

async function workOn(ctx: Context, sending: ReportSending, runId: number): Promise<void> {
  const now = ctx.now()
  const run = await claimRun(ctx.db, runId, now, new Date(now.getTime() + CLAIM_MS))
  if (!run) return
  const [report] = run.reportId === null ? [] : await findSavedReports(ctx.db, { ids: [run.reportId] })
  if (!report?.schedule) {
    await saveRunOutcome(ctx.db, runId, {
      ...{ state: 'failed', finishedAt: now, problem: 'The report is not scheduled any more.' },
    })
    return
  }
  try {
    if (run.attempts > MOST_CLAIMS)
      throw new RefusedError({ kind: 'conflict', reason: 'This report was begun and never finished.' })
    const file = await buildForOwner(ctx, sending, report)
    await deliver(
      ctx,
      sending,
      { runId, report, schedule: report.schedule, at: run.scheduledFor ?? now },
      file,
    )
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      await giveBack(
        ctx,
        sending,
        runId,
        report,
        'An unexpected error; the log of jobs has it.',
        run.attempts,
      )
      throw error
    }
    // only what others caused may go away by itself
    const attempts = error.refusal.kind === 'upstream-failed' ? run.attempts : MOST_ATTEMPTS
    await giveBack(ctx, sending, runId, report, error.message, attempts)
  }
}

/** A report shows what its owner may see when it runs, not when it was saved. */
async function buildForOwner(ctx: Context, sending: ReportSending, report: SavedReport): Promise<ReportFile> {
  const account = await findAccount(ctx, sending.access, report.ownerId)
  if (!account?.isActive)
    throw new RefusedError({ kind: 'conflict', reason: 'The owner of the report is not active any more.' })
  const asOwner = actingAs(ctx, account.actor, 'system')
  return buildReportFile(asOwner, sending.reports, report)
}

type Delivery = {
  readonly runId: number
  readonly report: SavedReport
  readonly schedule: ReportSchedule
  readonly at: Date
}

async function deliver(
  ctx: Context,
  { notifications }: ReportSending,
  { runId, report, schedule, at }: Delivery,
  file: ReportFile,
): Promise<void> {
  const finishedAt = ctx.now()
  if (file.rowCount === 0 && !schedule.sendEmpty) {
    await saveRunOutcome(ctx.db, runId, { state: 'empty', finishedAt, rowCount: 0, recipients: 0 })
    return
  }
  const { sha256 } = await ctx.blobs.put(file.content, { maxBytes: 256 * 2 ** 20 })
  const fits = file.content.length <= MAX_ATTACHMENTS_BYTES
  const size = `${(file.content.length / 1e6).toFixed(1)} MB`
  await inTransaction(asSystem(ctx, 'reports'), async (tx) => {
    const recipients = await notify(tx, notifications, {
      kind: REPORT_SENT.kind,
      key: `${report.id}:${at.toISOString()}`,
      to: await userIdsOf(tx, schedule),
      besides: { addresses: schedule.addresses, webhookIds: [], when: 'immediately' },
      subject: report.title,
      text: fits
        ? 'The report is attached.'
        : `The report is too large for a mail (${size}). Open it in Touchstone.`,
      facts: [{ label: 'Rows', value: String(file.rowCount) }],
      ...(fits ? { files: [{ name: file.fileName, mediaType: file.mediaType, sha256 }] } : {}),
      path: `/app/reports/${report.id}`,
    })
    const isOurs = await saveRunOutcome(tx.db, runId, {
      state: 'done',
      finishedAt,
      rowCount: file.rowCount,
      recipients,
      file: { sha256, name: file.fileName, sizeBytes: file.content.length },
    })
    // whoever took it up after us has sent it
    if (!isOurs) throw new RefusedError({ kind: 'conflict', reason: 'Another server has sent this report.' })
  })
}

/** Everybody whom a schedule names, through groups too. */
async function userIdsOf(tx: Context, { groupIds, userIds }: ReportSchedule): Promise<readonly number[]> {
  const groups = await attachReferences(tx.db, groupRecord, await findRecords(tx, groupRecord, groupIds))
  const members = groups.flatMap(({ users }) => (Array.isArray(users) ? users : []))
  return [...new Set<number>([...userIds, ...members])]
}

async function giveBack(
  ctx: Context,
  { notifications }: ReportSending,
  runId: number,
  report: SavedReport,
  problem: string,
  attempts: number,
): Promise<void> {
  const now = ctx.now()
  const outcome: RunOutcome =
    attempts < MOST_ATTEMPTS
      ? { state: 'waiting', finishedAt: null, retryAt: new Date(now.getTime() + RETRY_MS), problem }
      : { state: 'failed', finishedAt: now, problem }
  await inTransaction(asSystem(ctx, 'reports'), async (tx) => {
    if (!(await saveRunOutcome(tx.db, runId, outcome)) || outcome.state !== 'failed') return
    await notify(tx, notifications, {
      kind: REPORT_FAILED.kind,
      key: `run:${runId}`,
      to: [report.ownerId],
      subject: `Not sent: ${report.title}`,
      text: problem,
      path: `/app/reports/${report.id}`,
    })
  })
}
