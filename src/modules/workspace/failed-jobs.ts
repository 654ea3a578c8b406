import { hasPermission } from '../../core/actor.ts'
import { findJobRuns, type JobOverview } from '../jobs/find-job-runs.ts'
import type { Job } from '../jobs/job.ts'
import type { ForYouItem } from './domain/for-you.ts'
import type { ForYouSource } from './find-for-you.ts'

/** The jobs whose latest run failed, for whoever administers jobs. */
export function failedJobsSource(jobs: readonly Job[]): ForYouSource {
  return async (ctx) => {
    if (!hasPermission(ctx.actor, 'jobs.job.view')) return []
    return (await findJobRuns(ctx, jobs)).flatMap((overview) => failureOf(overview))
  }
}

function failureOf({ kind, title, lastRuns }: JobOverview): ForYouItem[] {
  const latest = lastRuns.find(({ finishedAt }) => finishedAt !== null)
  if (latest?.outcome !== 'failed') return []
  return [
    {
      kind: 'Failed job',
      token: 'act',
      title,
      detail: firstLine(latest.problem ?? 'It gave no reason.'),
      dueAt: latest.startedAt,
      path: `/app/admin/jobs?kind=${encodeURIComponent(kind)}`,
      action: 'Look into it',
    },
  ]
}

function firstLine(problem: string): string {
  return (problem.split('\n', 1)[0] ?? '').slice(0, 300)
}
