import { type Context, requirePermission } from '../../context.ts'
import type { Job } from './job.ts'
import { findLatestRuns, type JobRun } from './store/runs.ts'

export type JobOverview = {
  readonly kind: string
  readonly title: string
  readonly schedule: string
  /** when it runs next by itself; `null` for what runs every few seconds or on demand */
  readonly nextRunAt: Date | null
  readonly lastRuns: readonly JobRun[]
}

const RUNS_SHOWN = 20

/** Every declared job with its latest runs, for administration. */
export async function findJobRuns(ctx: Context, jobs: readonly Job[]): Promise<JobOverview[]> {
  requirePermission(ctx, 'jobs.job.view')
  // the server starts without it
  const { CronExpressionParser } = await import('cron-parser')
  const nextRun = (cron: string) =>
    CronExpressionParser.parse(cron, { currentDate: ctx.now(), tz: ctx.zone }).next().toDate()
  const byKind = Map.groupBy(await findLatestRuns(ctx.db, RUNS_SHOWN), (run) => run.kind)
  return jobs.map(({ kind, title, schedule }) => ({
    kind,
    title,
    schedule: schedule ? ('cron' in schedule ? schedule.cron : `every ${schedule.everyS} s`) : 'on demand',
    nextRunAt: schedule && 'cron' in schedule ? nextRun(schedule.cron) : null,
    lastRuns: byKind.get(kind) ?? [],
  }))
}
