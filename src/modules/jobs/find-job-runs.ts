import { type Context, requirePermission } from '../../context.ts'
import type { Job } from './job.ts'
import { findRuns, type JobRun } from './store/runs.ts'

export type JobOverview = {
  readonly kind: string
  readonly title: string
  readonly schedule: string
  readonly lastRuns: readonly JobRun[]
}

const RUNS_SHOWN = 200

/** Every declared job with its latest runs, for administration. */
export async function findJobRuns(ctx: Context, jobs: readonly Job[]): Promise<JobOverview[]> {
  requirePermission(ctx, 'jobs.job.view')
  const byKind = Map.groupBy(await findRuns(ctx.db, undefined, RUNS_SHOWN), (run) => run.kind)
  return jobs.map(({ kind, title, schedule }) => ({
    kind,
    title,
    schedule: schedule ? ('cron' in schedule ? schedule.cron : `every ${schedule.everyS} s`) : 'on demand',
    lastRuns: byKind.get(kind) ?? [],
  }))
}
