import type { Context } from '../../context.ts'
import type { Job } from '../jobs/job.ts'
import { handOverAbandoned } from './hand-over-abandoned.ts'
import { type Notifications, SEND_JOB } from './notifications.ts'
import { reportFailedJobs } from './report-failed-jobs.ts'
import { DELIVERY_RETRIES, sendDelivery } from './send-delivery.ts'
import { sendDigests } from './send-digests.ts'
import { deleteClosedBefore } from './store/deliveries.ts'

/** When the daily messages go out, in the zone of the site. */
const DIGEST_CRON = '30 6 * * *'

const KEPT_MS = 180 * 86_400_000

/**
 * The background work of notifications.
 *
 * @param others the jobs whose failures are reported
 */
export function notificationJobs(notifications: Notifications, others: readonly Job[]): readonly Job[] {
  return [
    {
      kind: SEND_JOB,
      title: 'Send notifications and mails',
      retryLimit: DELIVERY_RETRIES,
      run: (ctx, data) => sendDelivery(ctx, notifications, deliveryIdOf(data)),
    },
    {
      kind: 'notifications.digest',
      title: 'Send the daily notifications',
      schedule: { cron: DIGEST_CRON },
      run: (ctx) => sendDigests(ctx, notifications),
    },
    {
      kind: 'notifications.hand-over',
      title: 'Hand over notifications that nobody works on',
      schedule: { everyS: 30 },
      run: (ctx) => handOverAbandoned(ctx, notifications),
    },
    {
      kind: 'notifications.report-failed-jobs',
      title: 'Tell administrators about background work that fails',
      schedule: { everyS: 300 },
      run: (ctx) => reportFailedJobs(ctx, notifications, others),
    },
    {
      kind: 'notifications.purge',
      title: 'Remove old entries of the log of notifications',
      schedule: { cron: '10 4 * * 0' },
      run: (ctx: Context) => deleteClosedBefore(ctx.db, new Date(ctx.now().getTime() - KEPT_MS)),
    },
  ]
}

function deliveryIdOf(data: unknown): number {
  if (
    typeof data === 'object' &&
    data !== null &&
    'deliveryId' in data &&
    typeof data.deliveryId === 'number'
  )
    return data.deliveryId
  throw new Error('a job to send a notification names no delivery')
}
