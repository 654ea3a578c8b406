import { asSystem, type Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { all, equals, related } from '../../core/query.ts'
import { userRecord } from '../access/records/user.ts'
import { findJobRuns, type JobOverview } from '../jobs/find-job-runs.ts'
import type { Job } from '../jobs/job.ts'
import { listRecords } from '../records/list-records.ts'
import { MAIL_AT_ONCE, type NotificationKind } from './domain/notification-kind.ts'
import type { Notifications } from './notifications.ts'
import { notify } from './notify.ts'

export const JOB_FAILED: NotificationKind = {
  kind: 'jobs.failed',
  title: 'Background work failed',
  module: 'jobs',
  defaultChannels: MAIL_AT_ONCE,
}

const MOST_ADMINISTRATORS = 100

/** Tells whoever administers jobs that one fails: once a day as long as it does. */
export async function reportFailedJobs(
  ctx: Context,
  notifications: Notifications,
  jobs: readonly Job[],
): Promise<void> {
  const failing = (await findJobRuns(ctx, jobs)).flatMap(failureOf)
  if (failing.length === 0) return
  const to = await administratorsOfJobs(ctx)
  for (const { kind, title, at, problem } of failing) {
    await notify(ctx, notifications, {
      kind: JOB_FAILED.kind,
      to,
      subject: `Background work failed: ${title}`,
      text: problem,
      facts: [
        { label: 'Job', value: kind },
        { label: 'Last run', value: at.toISOString() },
      ],
      path: `/app/admin/jobs?kind=${encodeURIComponent(kind)}`,
      key: `${kind}:${zoneDay(ctx.now(), ctx.zone)}`,
    })
  }
}

type Failure = { readonly kind: string; readonly title: string; readonly at: Date; readonly problem: string }

function failureOf({ kind, title, lastRuns }: JobOverview): Failure[] {
  const latest = lastRuns.find(({ finishedAt }) => finishedAt !== null)
  if (latest?.outcome !== 'failed') return []
  const problem = (latest.problem ?? 'It gave no reason.').slice(0, 1000)
  return [{ kind, title, at: latest.startedAt, problem }]
}

async function administratorsOfJobs(ctx: Context): Promise<number[]> {
  const permitted = related('groups', related('permissions', equals('code', 'jobs.job.view')))
  const where = all(equals('isActive', true), {
    kind: 'any',
    of: [equals('isAdministrator', true), permitted],
  })
  const { rows } = await listRecords(
    asSystem(ctx, 'notifications'),
    userRecord,
    { where, order: [], limit: MOST_ADMINISTRATORS, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.map(({ id }) => id)
}
