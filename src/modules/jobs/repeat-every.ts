import type { Context } from '../../context.ts'
import type { Job, OnQueueError } from './job.ts'
import { runQuietly } from './run-job.ts'

/** Runs the jobs that repeat every few seconds, never two of a kind at once; the result stops them. */
export function repeatEvery(base: Context, jobs: readonly Job[], onError: OnQueueError): () => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const timers = jobs.flatMap((job) => {
    if (!job.schedule || !('everyS' in job.schedule)) return []
    const tick = () => {
      if (running.has(job.kind)) return
      const turn = runQuietly(base, job)
        .catch(onError)
        .finally(() => running.delete(job.kind))
      running.set(job.kind, turn)
    }
    const timer = setInterval(tick, job.schedule.everyS * 1000)
    timer.unref()
    return [timer]
  })
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running.values())
  }
}
