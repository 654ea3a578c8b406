import { asSystem, type Context } from '../../context.ts'
import type { Job } from './job.ts'
import { finishRun, insertRun } from './store/runs.ts'

export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly problem: string }

/**
 * Runs a job once and logs when, how long and how it ended. A failure is an outcome, not an exception: the queue decides
 * whether to try again.
 */
export async function runJob(base: Context, job: Job, data: unknown): Promise<JobOutcome> {
  const ctx = asSystem(base, job.kind)
  const run = await insertRun(base.db, job.kind, base.now())
  const outcome = await attempt(ctx, job, data)
  await finishRun(base.db, run, base.now(), outcome.kind, outcome.kind === 'failed' ? outcome.problem : null)
  return outcome
}

/** As {@link runJob}, leaving a trace only of failures: for work that happens every few seconds. */
export async function runQuietly(base: Context, job: Job): Promise<void> {
  const started = base.now()
  const outcome = await attempt(asSystem(base, job.kind), job, null)
  if (outcome.kind === 'done') return
  const run = await insertRun(base.db, job.kind, started)
  await finishRun(base.db, run, base.now(), outcome.kind, outcome.problem)
}

async function attempt(ctx: Context, job: Job, data: unknown): Promise<JobOutcome> {
  try {
    await job.run(ctx, data)
    return { kind: 'done' }
  } catch (error) {
    return {
      kind: 'failed',
      problem: error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error),
    }
  }
}
