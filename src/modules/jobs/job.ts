import type { Context } from '../../context.ts'

/** When a job runs by itself: a cron expression in the site's zone, or every few seconds in every process. */
export type JobSchedule = { readonly cron: string } | { readonly everyS: number }

/** Background work, declared. It runs as a system actor named after its kind and calls the same verbs as requests. */
export type Job = {
  /** `module.verb`, e.g. `audit.seal` */
  readonly kind: string
  readonly title: string
  readonly schedule?: JobSchedule
  /** attempts after the first failure, with growing pauses */
  readonly retryLimit?: number
  readonly run: (ctx: Context, data: unknown) => Promise<void>
}

export type EnqueueOptions = {
  /** a second job with the key of one that waits is not added */
  readonly key?: string
  readonly runAt?: Date
}

/** The engine behind the jobs: a table on SQLite, pg-boss on PostgreSQL. */
export type JobQueue = {
  /** Adds a job in the caller's transaction: it exists when, and only when, that commits. */
  enqueue(tx: Context, kind: string, data: unknown, options?: EnqueueOptions): Promise<void>
  start(): Promise<void>
  /** Takes no more work, and resolves when what runs has ended. */
  stop(): Promise<void>
}

export const DEFAULT_RETRY_LIMIT = 5

/** Pause before attempt n + 1, in seconds: 10, 40, 90, … at most an hour. */
export function retryDelayS(attempts: number): number {
  return Math.min(3600, 10 * attempts * attempts)
}

/** Cron jobs among the declared, with their expression. */
export function cronJobs(jobs: readonly Job[]): readonly { readonly job: Job; readonly cron: string }[] {
  return jobs.flatMap((job) =>
    job.schedule && 'cron' in job.schedule ? [{ job, cron: job.schedule.cron }] : [],
  )
}

/** Told what keeps a queue from its work, such as a database that does not answer; the queue goes on trying. */
export type OnQueueError = (error: unknown) => void
