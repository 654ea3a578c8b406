import type { Context } from '../../context.ts'
import {
  cronJobs,
  DEFAULT_RETRY_LIMIT,
  type Job,
  type JobQueue,
  type OnQueueError,
  retryDelayS,
} from './job.ts'
import { repeatEvery } from './repeat-every.ts'
import { runJob } from './run-job.ts'
import {
  claimJob,
  deleteJob,
  insertJob,
  type QueuedJob,
  requeueJob,
  requeueRunning,
  saveFailure,
} from './store/queue.ts'
import { findSchedule, saveSchedule } from './store/schedules.ts'

const POLL_MS = 1000

/** Jobs in a table of the embedded database, worked one at a time by the one process that writes it. */
export function createSqliteQueue(base: Context, jobs: readonly Job[], onError: OnQueueError): JobQueue {
  const byKind = new Map(jobs.map((job) => [job.kind, job]))
  let stopRepeating: (() => Promise<void>) | undefined
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    await enqueueDue(base, jobs)
    let queued = await claimJob(base.db, base.now())
    while (queued && timer) {
      await workOn(base, byKind.get(queued.kind), queued)
      queued = await claimJob(base.db, base.now())
    }
    // claimed while stopping: the next start works on it
    if (queued) await requeueJob(base.db, queued.id, base.now())
  }

  const tick = () => {
    working ??= work()
      .catch(onError)
      .finally(() => {
        working = undefined
      })
  }

  return {
    enqueue: (tx, kind, data, options = {}) => {
      if (!byKind.has(kind)) throw new Error(`no job is called ${kind}`)
      return insertJob(tx.db, { kind, data, key: options.key ?? null, runAt: options.runAt ?? tx.now() })
    },
    start: async () => {
      await requeueRunning(base.db)
      stopRepeating = repeatEvery(base, jobs, onError)
      timer = setInterval(tick, POLL_MS)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      timer = undefined
      await stopRepeating?.()
      await working
    },
  }
}

async function workOn(base: Context, job: Job | undefined, queued: QueuedJob): Promise<void> {
  if (!job) return saveFailure(base.db, queued.id, `no job is called ${queued.kind}`)
  const outcome = await runJob(base, job, queued.data)
  if (outcome.kind === 'done') return deleteJob(base.db, queued.id)
  if (queued.attempts > (job.retryLimit ?? DEFAULT_RETRY_LIMIT))
    return saveFailure(base.db, queued.id, outcome.problem)
  return requeueJob(
    base.db,
    queued.id,
    new Date(base.now().getTime() + retryDelayS(queued.attempts) * 1000),
    outcome.problem,
  )
}

/** Adds the cron jobs whose time has come; what was missed while the server was down runs once. */
async function enqueueDue(base: Context, jobs: readonly Job[]): Promise<void> {
  for (const { job, cron } of cronJobs(jobs)) {
    const next = await findSchedule(base.db, job.kind)
    const now = base.now()
    if (next && next.expression === cron && next.nextRunAt > now) continue
    // needed once a day: the server starts without it
    const { CronExpressionParser } = await import('cron-parser')
    const following = CronExpressionParser.parse(cron, { currentDate: now, tz: base.zone }).next().toDate()
    await base.database.transaction(async (db) => {
      await saveSchedule(db, job.kind, cron, following)
      // the first sight of a job only notes when it will run
      if (next && next.nextRunAt <= now)
        await insertJob(db, { kind: job.kind, data: null, key: `schedule:${job.kind}`, runAt: now })
    })
  }
}
