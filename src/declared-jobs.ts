import { purgeExpired } from './modules/access/purge-expired.ts'
import { sealAuditJob } from './modules/audit/seal-job.ts'
import { imageFolderOf } from './modules/dicom/image-folder.ts'
import { findImagesInUse, imageJobs } from './modules/dicom/image-jobs.ts'
import { type ContentUse, sweepOrphans } from './modules/files/sweep-orphans.ts'
import { deleteOldRuns } from './modules/jobs/delete-old-runs.ts'
import type { Job } from './modules/jobs/job.ts'
import { noticeJobs } from './modules/machine-qa/notices/notice-jobs.ts'
import { findContentsInUse, sweepLeftovers } from './modules/machine-qa/sweep-leftovers.ts'
import { notificationJobs } from './modules/notifications/notification-jobs.ts'
import { findReportContentsInUse } from './modules/reports/contents-in-use.ts'
import { reportJobs } from './modules/reports/report-jobs.ts'
import { findResearchContents } from './modules/research/find-contents.ts'
import type { Site } from './site.ts'

/** Every module that keeps files answers here for them; a module left out would lose its files. */
const CONTENT_USES: readonly ContentUse[] = [
  findResearchContents,
  findContentsInUse,
  findImagesInUse,
  findReportContentsInUse,
]

const JOBS: readonly Job[] = [
  sealAuditJob,
  {
    kind: 'access.purge',
    title: 'Remove expired sessions and links',
    schedule: { cron: '17 * * * *' },
    run: (ctx) => purgeExpired(ctx),
  },
  {
    kind: 'machine-qa.sweep-leftovers',
    title: 'Remove drafts and uploads that nobody came back for',
    schedule: { cron: '10 3 * * *' },
    run: async (ctx) => void (await sweepLeftovers(ctx)),
  },
  {
    kind: 'files.sweep-orphans',
    title: 'Remove files that nothing names',
    schedule: { cron: '25 3 * * *' },
    run: async (ctx) => void (await sweepOrphans(ctx, CONTENT_USES)),
  },
  {
    kind: 'database.optimize',
    title: 'Refresh the statistics of the database',
    schedule: { cron: '40 3 * * *' },
    run: (ctx) => ctx.database.optimize(),
  },
  {
    kind: 'jobs.delete-old-runs',
    title: 'Forget runs of jobs after 90 days',
    schedule: { cron: '50 3 * * *' },
    run: (ctx) => deleteOldRuns(ctx),
  },
]

/** All background work of a site. */
export function jobsOf(site: Site): readonly Job[] {
  const { access, config, notifications, reports } = site
  const all: Job[] = []
  const jobs = [
    ...JOBS,
    ...imageJobs(imageFolderOf(config.data)),
    ...noticeJobs(notifications),
    ...reportJobs({ access, notifications, reports }),
    collectJob(site, () => all),
  ]
  all.push(...jobs, ...notificationJobs(notifications, jobs))
  return all
}

/** Loaded with its first run: starting does not wait for the readers of sources. */
function collectJob(site: Site, jobs: () => readonly Job[]): Job {
  return {
    kind: 'quality.collect',
    title: 'Measure quality metrics',
    schedule: { everyS: 20 },
    run: async (ctx) => {
      const { collectQuality } = await import('./declared-quality.ts')
      await collectQuality(ctx, site, jobs)
    },
  }
}
