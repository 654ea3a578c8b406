import type { Job } from '../jobs/job.ts'
import type { ReportSending } from './scheduled-reports.ts'
import { deleteRunsBefore } from './store/runs.ts'

const KEPT_MS = 400 * 86_400_000

/** The background work of reports. */
export function reportJobs(sending: ReportSending): readonly Job[] {
  return [
    {
      kind: 'reports.send',
      title: 'Send scheduled reports',
      schedule: { everyS: 30 },
      run: async (ctx) => {
        // loaded with the first run: the server starts without what writes files
        const { sendDueReports } = await import('./scheduled-reports.ts')
        await sendDueReports(ctx, sending)
      },
    },
    {
      kind: 'reports.purge',
      title: 'Forget runs of reports after 400 days',
      schedule: { cron: '20 4 * * 0' },
      run: (ctx) => deleteRunsBefore(ctx.db, new Date(ctx.now().getTime() - KEPT_MS)),
    },
  ]
}
