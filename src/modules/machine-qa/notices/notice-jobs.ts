import type { Job } from '../../jobs/job.ts'
import type { Notifications } from '../../notifications/notifications.ts'

/** The background work of notices. */
export function noticeJobs(notifications: Notifications): readonly Job[] {
  return [
    {
      kind: 'machine-qa.tell-of-events',
      title: 'Tell subscribers what happened in machine QA',
      schedule: { everyS: 15 },
      run: async (ctx) => {
        const { tellOfEvents } = await import('./tell-of-events.ts')
        await tellOfEvents(ctx, notifications)
      },
    },
    {
      kind: 'machine-qa.tell-by-schedule',
      title: 'Tell subscribers what is due and unreviewed',
      schedule: { everyS: 60 },
      run: async (ctx) => {
        // loaded with the first run, as what tells of events
        const { tellBySchedule } = await import('./tell-by-schedule.ts')
        await tellBySchedule(ctx, notifications)
      },
    },
  ]
}
