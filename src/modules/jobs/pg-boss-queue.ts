import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Context } from '../../context.ts'
import type { Database } from '../../platform/database/database.ts'
import { cronJobs, DEFAULT_RETRY_LIMIT, type Job, type JobQueue, type OnQueueError } from './job.ts'
import { repeatEvery } from './repeat-every.ts'
import { runJob } from './run-job.ts'

/** How long a job may wait for the next look at the queue. */
const POLL_S = 0.5

/** Jobs through pg-boss: any process on the database may run any job, each runs once. */
export function createPgBossQueue(
  base: Context,
  connectionString: string,
  jobs: readonly Job[],
  onError: OnQueueError,
): JobQueue {
  const boss = new PgBoss({ connectionString, application_name: 'touchstone-jobs', max: 3 })
  boss.on('error', onError)
  const kinds = new Set(jobs.map((job) => job.kind))
  let stopRepeating: (() => Promise<void>) | undefined

  return {
    enqueue: async (tx, kind, data, options = {}) => {
      if (!kinds.has(kind)) throw new Error(`no job is called ${kind}`)
      await boss.send(
        kind,
        { data },
        {
          db: sameTransaction(tx.db),
          singletonKey: options.key ?? randomUUID(),
          ...(options.runAt ? { startAfter: options.runAt } : {}),
        },
      )
    },
    start: async () => {
      await boss.start()
      for (const job of jobs) await workOn(boss, base, job)
      for (const { job, cron } of cronJobs(jobs))
        await boss.schedule(job.kind, cron, { data: null }, { tz: base.zone })
      stopRepeating = repeatEvery(base, jobs, onError)
    },
    stop: async () => {
      await stopRepeating?.()
      await boss.stop({ graceful: true, timeout: 30_000 })
    },
  }
}

async function workOn(boss: PgBoss, base: Context, job: Job): Promise<void> {
  const retryLimit = job.retryLimit ?? DEFAULT_RETRY_LIMIT
  // one waiting job for each key; jobs without a key of their own get one that nobody shares
  await boss.createQueue(job.kind, { retryLimit, retryDelay: 10, retryBackoff: true, policy: 'short' })
  await boss.work<{ data: unknown }>(job.kind, { pollingIntervalSeconds: POLL_S }, async ([taken]) => {
    if (!taken) return
    const outcome = await runJob(base, job, taken.data?.data ?? null)
    if (outcome.kind === 'failed') throw new Error(outcome.problem)
  })
}

/** Lets pg-boss insert through the transaction of the caller. */
function sameTransaction(db: Database) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values))
      return { rows }
    },
  }
}
