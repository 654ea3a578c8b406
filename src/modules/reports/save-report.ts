import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { nextRun } from '../../core/scheduled-time.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import { requireUser } from '../access/acting-as.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { SavedReport } from './domain/saved-report.ts'
import { getSavedReport } from './list-reports.ts'
import { parseReport, type ReportChoice, requirePeople } from './parse-report.ts'
import { requireReportKind } from './report-kind.ts'
import type { Reports } from './reports.ts'
import {
  countReportsOf,
  deleteReport,
  findSavedReports,
  insertReport,
  type ReportToStore,
  updateReport,
} from './store/saved-reports.ts'

const MOST_REPORTS = 500

type Input = Readonly<Record<string, unknown>>

/**
 * Keeps a report under a title for oneself, for groups or for everybody, and has it sent by mail where a schedule says
 * so. It runs with the permissions that its owner has then.
 *
 * @param input `title`, `kind`, `format`, `filters`, and optional `notes`, `signature`, `visibility`, `visibleTo`,
 *   `schedule`
 * @throws RefusedError `invalid-input`; `conflict` for a title that the owner's reports have already
 */
export async function saveReport(ctx: Context, reports: Reports, input: Input): Promise<SavedReport> {
  const { id: ownerId } = requireUser(ctx)
  const choice = parseReport(reports, ctx.zone, input)
  requireRights(ctx, reports, choice)
  return inTransaction(ctx, async (tx) => {
    const used = await countReportsOf(tx.db, ownerId)
    if (used >= MOST_REPORTS)
      throw new RefusedError({ kind: 'quota-exceeded', resource: 'saved reports', quota: MOST_REPORTS, used })
    await requirePeople(tx, choice)
    const values: ReportToStore = { ...choice, ownerId, nextRunAt: nextRunOf(tx, choice) }
    const id = await refusingTakenTitle(() => insertReport(tx.db, values, { at: tx.now(), by: ownerId }))
    return recorded(tx, 'save', id, undefined)
  })
}

/**
 * Changes a report of one's own or, with a permission, a shared one of somebody else.
 *
 * @param version the version that was read
 */
export async function changeReport(
  ctx: Context,
  reports: Reports,
  id: number,
  version: number,
  input: Input,
): Promise<SavedReport> {
  const { id: userId } = requireUser(ctx)
  const choice = parseReport(reports, ctx.zone, input)
  requireRights(ctx, reports, choice)
  return inTransaction(ctx, async (tx) => {
    const before = await getChangeable(tx, id)
    await requirePeople(tx, choice)
    const values: ReportToStore = { ...choice, ownerId: before.ownerId, nextRunAt: nextRunOf(tx, choice) }
    const stamp = { at: tx.now(), by: userId }
    const isSaved = await refusingTakenTitle(() => updateReport(tx.db, id, version, values, stamp))
    if (!isSaved)
      throw new RefusedError({
        kind: 'conflict',
        reason: 'Somebody else has changed this report meanwhile.',
        current: { ...before },
      })
    return recorded(tx, 'change', id, before)
  })
}

/** Removes a saved report; the log of its runs stays. */
export async function removeReport(ctx: Context, id: number): Promise<void> {
  requireUser(ctx)
  await inTransaction(ctx, async (tx) => {
    const before = await getChangeable(tx, id)
    await deleteReport(tx.db, id)
    await recordAudit(tx, {
      action: 'reports.report.remove',
      record: 'reports.report',
      recordId: id,
      before,
    })
  })
}

function requireRights(ctx: Context, { kinds }: Reports, choice: ReportChoice): void {
  requirePermission(ctx, 'reports.report.save')
  requirePermission(ctx, requireReportKind(kinds, choice.kind).permission)
  if (choice.schedule) requirePermission(ctx, 'reports.report.schedule')
}

async function getChangeable(tx: Context, id: number): Promise<SavedReport> {
  const report = await getSavedReport(tx, id)
  const isOwn = tx.actor.kind === 'user' && tx.actor.id === report.ownerId
  if (!isOwn && !hasPermission(tx.actor, 'reports.report.manage'))
    throw new RefusedError({ kind: 'not-permitted', permission: 'reports.report.manage' })
  return report
}

function nextRunOf({ now, zone }: Context, { schedule }: ReportChoice): Date | null {
  return schedule && nextRun(schedule, { after: now(), anchor: now(), zone })
}

async function recorded(
  tx: Context,
  verb: 'save' | 'change',
  id: number,
  before: SavedReport | undefined,
): Promise<SavedReport> {
  const [after] = await findSavedReports(tx.db, { ids: [id] })
  if (!after) throw new Error(`report ${id} was not stored`)
  await recordAudit(tx, {
    action: `reports.report.${verb}`,
    record: 'reports.report',
    recordId: id,
    ...(before ? { before } : {}),
    after,
  })
  return after
}

async function refusingTakenTitle<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (constraintViolation(error)?.kind !== 'unique') throw error
    throw new RefusedError({
      kind: 'conflict',
      field: 'title',
      reason: 'The owner has a report of this title already.',
    })
  }
}
