import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { jobsOf } from './declared-jobs.ts'
import { createDicomApiDialect } from './dialects/dicom-api/dialect.ts'
import { createNativeDialect } from './dialects/native/dialect.ts'
import { createQatrackDialect } from './dialects/qatrack/dialect.ts'
import type { Job, JobQueue, OnQueueError } from './modules/jobs/job.ts'
import { createSqliteQueue } from './modules/jobs/sqlite-queue.ts'
import { workForYou } from './modules/machine-qa/for-you.ts'
import { failedDeliveriesSource } from './modules/notifications/failed-deliveries.ts'
import { failedJobsSource } from './modules/workspace/failed-jobs.ts'
import { searchSources } from './modules/workspace/search-records.ts'
import { createServer } from './platform/http/create-server.ts'
import { operationRoutes } from './platform/http/operations.ts'
import { webApplication } from './platform/http/web-application.ts'
import type { Site } from './site.ts'
import { VERSION } from './version.ts'

const WEB_FOLDER = join(import.meta.dirname, '..', 'web', 'dist')

/** A running server over an open site. */
export type App = {
  readonly server: FastifyInstance
  readonly queue: JobQueue
  /** Takes no more requests, finishes those it has and the running jobs. The site stays open. */
  stop(): Promise<void>
}

/** Wires dialects, jobs and the web application to a site; the only place where the parts meet. */
export async function createApp(site: Site, options: { readonly demo: boolean }): Promise<App> {
  const { base, access, notifications, config } = site
  const jobs = jobsOf(site)
  const native = createNativeDialect({
    access,
    calculations: site.calculations,
    notifications,
    catalogue: base.catalogue,
    site: { name: config.siteName, zone: base.zone, demo: options.demo, version: VERSION },
    jobs,
    search: searchSources(base.catalogue),
    forYou: [workForYou, failedJobsSource(jobs), failedDeliveriesSource],
  })
  const qatrack = createQatrackDialect({
    access,
    catalogue: base.catalogue,
    calculations: site.calculations,
    publicUrl: config.publicUrl,
    throttlePerMinute: config.throttlePerMinute,
  })
  const dicomApi = createDicomApiDialect({ access })
  // before the last one, which answers for every other address below /api/
  const server = await createServer(config, base, [native, dicomApi, qatrack])
  operationRoutes(server, [
    { name: 'database', check: async () => void (await base.database.durability()) },
    {
      name: 'files',
      check: async () => {
        const health = await base.blobs.check()
        return health.status === 'ok' ? undefined : health.problem
      },
    },
  ])
  await webApplication(server, WEB_FOLDER)
  const queue = await createQueue(site, jobs, (error) => server.log.error({ err: error }, 'job queue'))
  return {
    server,
    queue: {
      ...queue,
      start: async () => {
        await queue.start()
        notifications.relay.attach(queue)
      },
    },
    stop: async () => {
      await server.close()
      await queue.stop()
    },
  }
}

async function createQueue(
  { base, config }: Site,
  jobs: readonly Job[],
  onError: OnQueueError,
): Promise<JobQueue> {
  if (config.databaseUrl === '') return createSqliteQueue(base, jobs, onError)
  const { createPgBossQueue } = await import('./modules/jobs/pg-boss-queue.ts')
  return createPgBossQueue(base, config.databaseUrl, jobs, onError)
}
