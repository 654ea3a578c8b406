import type { Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { LoggedRun, RunState } from '../domain/report-run.ts'
import type { ReportTables } from './tables.ts'

export type NewRun = Pick<
  LoggedRun,
  'reportId' | 'kind' | 'title' | 'format' | 'scheduledFor' | 'startedAt' | 'byId' | 'state'
> & { readonly retryAt: Date | null }

/** @returns undefined where the schedule's run exists already */
export async function insertRun(db: Database, run: NewRun): Promise<number | undefined> {
  const row = await db
    .withTables<ReportTables>()
    .insertInto('reports_run')
    .values({
      report_id: run.reportId,
      kind: run.kind,
      title: run.title,
      format: run.format,
      scheduled_for: run.scheduledFor,
      started_at: run.startedAt,
      by_id: run.byId,
      state: run.state,
      attempts: 0,
      retry_at: run.retryAt,
    })
    .onConflict((conflict) => conflict.columns(['report_id', 'scheduled_for']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Runs that wait, or whose worker has vanished. */
export async function findOpenRuns(db: Database, now: Date, limit: number): Promise<readonly number[]> {
  const rows = await db
    .withTables<ReportTables>()
    .selectFrom('reports_run')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .where('retry_at', '<=', now.toISOString())
    .orderBy('retry_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes a run; of several that try, one gets it. `attempts` counts this one. */
export async function claimRun(
  db: Database,
  id: number,
  now: Date,
  until: Date,
): Promise<(LoggedRun & { readonly attempts: number }) | undefined> {
  const row = await db
    .withTables<ReportTables>()
    .updateTable('reports_run')
    .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1), retry_at: until }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .where('retry_at', '<=', now.toISOString())
    .returningAll()
    .executeTakeFirst()
  return row && { ...toRun(row), attempts: row.attempts }
}

export type RunOutcome = {
  readonly state: Exclude<RunState, 'running'>
  readonly finishedAt: Date | null
  readonly retryAt?: Date
  readonly problem?: string
  readonly rowCount?: number
  readonly recipients?: number
  readonly file?: NonNullable<LoggedRun['file']>
}

/** Ends an attempt. @returns whether the run was still being worked on */
export async function saveRunOutcome(db: Database, id: number, outcome: RunOutcome): Promise<boolean> {
  const { file } = outcome
  const { numUpdatedRows } = await db
    .withTables<ReportTables>()
    .updateTable('reports_run')
    .set({
      state: outcome.state,
      finished_at: outcome.finishedAt,
      retry_at: outcome.retryAt ?? null,
      problem: outcome.problem ?? null,
      row_count: outcome.rowCount ?? null,
      recipients: outcome.recipients ?? null,
      sha256: file?.sha256 ?? null,
      file_name: file?.name ?? null,
      size: file?.sizeBytes ?? null,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Runs of a saved report, newest first. */
export async function findRunsOf(
  db: Database,
  reportId: number,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly LoggedRun[]> {
  const rows = await db
    .withTables<ReportTables>()
    .selectFrom('reports_run')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toRun)
}

export async function findRun(db: Database, id: number): Promise<LoggedRun | undefined> {
  const row = await db
    .withTables<ReportTables>()
    .selectFrom('reports_run')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toRun(row)
}

export async function deleteRunsBefore(db: Database, before: Date): Promise<void> {
  await db
    .withTables<ReportTables>()
    .deleteFrom('reports_run')
    .where('started_at', '<', before.toISOString())
    .where('state', 'in', ['done', 'empty', 'failed'])
    .execute()
}

function toRun(row: Selectable<ReportTables['reports_run']>): LoggedRun {
  const { sha256, file_name: name, size } = row
  return {
    id: row.id,
    reportId: row.report_id,
    kind: row.kind,
    title: row.title,
    format: row.format,
    scheduledFor: row.scheduled_for === null ? null : new Date(row.scheduled_for),
    startedAt: new Date(row.started_at),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
    byId: row.by_id,
    state: row.state,
    problem: row.problem,
    rowCount: row.row_count,
    recipients: row.recipients,
    file: sha256 === null || name === null || size === null ? null : { sha256, name, sizeBytes: size },
  }
}
