import { join } from 'node:path'
import { dialectsOf } from './declared-dialects.ts'
import { jobsOf } from './declared-jobs.ts'
import type { Job, JobQueue, OnQueueError } from './modules/jobs/job.ts'
import { createSqliteQueue } from './modules/jobs/sqlite-queue.ts'
import { createServer, type HttpServer } from './platform/http/create-server.ts'
import { createLog } from './platform/http/log.ts'
import { createMetrics } from './platform/http/metrics.ts'
import { operationsPart, type Readiness } from './platform/http/operations.ts'
import { webApplicationPart } from './platform/http/web-application.ts'
import type { Site } from './site.ts'

const WEB_FOLDER = join(import.meta.dirname, '..', 'web', 'dist')

/** A running server over an open site. */
export type App = {
  readonly server: HttpServer
  readonly queue: JobQueue
  /** Takes no more requests, finishes those it has and the running jobs. The site stays open. */
  stop(): Promise<void>
}

/** Wires dialects, jobs and the web application to a site; the only place where the parts meet. */
export async function createApp(site: Site, options: { readonly demo: boolean }): Promise<App> {
  const { base, notifications, config } = site
  const jobs = jobsOf(site)
  const log = createLog(config)
  const metrics = createMetrics()
  const server: HttpServer = createServer(
    config,
    base,
    [
      operationsPart(checksOf(site), metrics),
      webApplicationPart(WEB_FOLDER),
      ...dialectsOf(site, jobs, options, (name) => server.mounted(name)),
    ],
    { log, watch: metrics.watch },
  )
  const queue = await createQueue(site, jobs, (error) => log.error({ err: error }, 'job queue'))
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

function checksOf({ base }: Site): readonly Readiness[] {
  return [
    { name: 'database', check: async () => void (await base.database.durability()) },
    {
      name: 'files',
      check: async () => {
        const health = await base.blobs.check()
        return health.status === 'ok' ? undefined : health.problem
      },
    },
  ]
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
