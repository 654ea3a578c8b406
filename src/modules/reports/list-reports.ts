import type { Readable } from 'node:stream'
import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import type { LoggedRun } from './domain/report-run.ts'
import type { SavedReport } from './domain/saved-report.ts'
import { findRun, findRunsOf } from './store/runs.ts'
import { findSavedReports, type ReportReader } from './store/saved-reports.ts'

/** The saved reports that the acting user sees: own ones, those of own groups, and those for everybody. */
export async function listSavedReports(ctx: Context): Promise<readonly SavedReport[]> {
  requirePermission(ctx, 'reports.report.run')
  return findSavedReports(ctx.db, { reader: readerOf(ctx) })
}

/** @throws RefusedError `not-found`, also for what the acting user does not see */
export async function getSavedReport(ctx: Context, id: number): Promise<SavedReport> {
  requirePermission(ctx, 'reports.report.run')
  const [report] = await findSavedReports(ctx.db, { ids: [id], reader: readerOf(ctx) })
  if (!report) throw new RefusedError({ kind: 'not-found', what: 'saved report', id })
  return report
}

const MOST_RUNS = 200

/** The log of a saved report, newest first. */
export async function listReportRuns(ctx: Context, id: number): Promise<readonly LoggedRun[]> {
  await getSavedReport(ctx, id)
  return findRunsOf(ctx.db, id, { limit: MOST_RUNS, offset: 0 })
}

/** The file that a run made, as it was sent. @throws RefusedError `not-found` */
export async function openRunFile(
  ctx: Context,
  reportId: number,
  runId: number,
): Promise<{ readonly file: NonNullable<LoggedRun['file']>; readonly content: Readable }> {
  const report = await getSavedReport(ctx, reportId)
  requireOwner(ctx, report)
  const run = await findRun(ctx.db, runId)
  if (run?.reportId !== reportId || !run.file)
    throw new RefusedError({ kind: 'not-found', what: 'run of the report', id: runId })
  return { file: run.file, content: await ctx.blobs.open(run.file.sha256) }
}

/** What its owner was shown may be more than others may see. */
function requireOwner({ actor }: Context, { id, ownerId }: SavedReport): void {
  if (actor.kind === 'user' && (actor.id === ownerId || actor.isAdministrator)) return
  throw new RefusedError({ kind: 'not-found', what: 'file of the report', id })
}

function readerOf(ctx: Context): ReportReader {
  const { id, groupIds } = requireUser(ctx)
  return { userId: id, groupIds }
}
