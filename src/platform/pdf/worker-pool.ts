import { Worker } from 'node:worker_threads'
import { RefusedError } from '../../core/refusal.ts'
import type { WorkerAnswer, WorkerProduct, WorkerTask } from './worker-protocol.ts'

export type WorkerPoolOptions = {
  /** Module of the worker thread. */
  readonly script: URL
  /** Threads at most; the second starts when the first is busy. */
  readonly size: number
  /** A task that takes longer is given up with its thread. */
  readonly timeoutMs: number
  /** A thread that had nothing to do for so long is ended, which gives its memory back. */
  readonly idleMs: number
  readonly maxWaiting: number
  readonly maxHeapMb: number
}

export type WorkerPool = {
  /**
   * @throws RefusedError as the worker refuses; `upstream-failed` when it took too long or too much memory;
   *   `too-many-attempts` when too many tasks wait already
   */
  run(task: WorkerTask): Promise<WorkerProduct>
  /** Ends all threads; what is under way is refused. */
  close(): Promise<void>
}

type Job = {
  readonly task: WorkerTask
  resolve(product: WorkerProduct): void
  reject(error: unknown): void
}

const SOURCE = 'document builder'

/** Threads that do one task at a time and are replaced when they hang or die. */
export function openWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const waiting: Job[] = []
  const idle = new Map<Worker, NodeJS.Timeout>()
  const all = new Set<Worker>()
  let closed = false

  function startNext(): void {
    if (waiting.length === 0) return
    const worker = takeIdle() ?? (all.size < options.size ? startWorker() : undefined)
    const job = worker && waiting.shift()
    if (worker && job) doJob(worker, job)
  }

  function takeIdle(): Worker | undefined {
    const [worker] = idle.keys()
    if (!worker) return undefined
    clearTimeout(idle.get(worker))
    idle.delete(worker)
    worker.ref()
    return worker
  }

  function startWorker(): Worker {
    const worker = new Worker(options.script, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb },
    })
    all.add(worker)
    return worker
  }

  function doJob(worker: Worker, job: Job): void {
    const timer = setTimeout(
      () => give(refusal(`It took longer than ${options.timeoutMs / 1000} s.`)),
      options.timeoutMs,
    )
    const onAnswer = (answer: WorkerAnswer): void => {
      stopListening()
      becomeIdle(worker)
      settle(job, answer)
    }
    const onError = (error: unknown): void =>
      give(isOutOfMemory(error) ? refusal('It needs more memory than allowed.') : error)
    const onExit = (): void =>
      give(closed ? refusal('The server is stopping.') : new Error('The document worker ended.'))
    const stopListening = (): void => {
      clearTimeout(timer)
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit)
    }
    function give(error: unknown): void {
      stopListening()
      discard(worker)
      job.reject(error)
      startNext()
    }
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit)
    worker.postMessage(job.task)
  }

  function becomeIdle(worker: Worker): void {
    worker.unref() // an idle thread must not keep the process alive
    idle.set(worker, setTimeout(() => discard(worker), options.idleMs).unref())
    startNext()
  }

  /** Its errors are nobody's any more: it is being ended. */
  function discard(worker: Worker): void {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
    all.delete(worker)
    worker.on('error', () => undefined)
    void worker.terminate()
  }

  return {
    run(task: WorkerTask): Promise<WorkerProduct> {
      const { promise, resolve, reject } = Promise.withResolvers<WorkerProduct>()
      if (closed) reject(refusal('The server is stopping.'))
      else if (waiting.length >= options.maxWaiting)
        reject(new RefusedError({ kind: 'too-many-attempts', retryAfterS: 10 }))
      else {
        waiting.push({ task, resolve, reject })
        startNext()
      }
      return promise
    },
    async close(): Promise<void> {
      closed = true
      for (const job of waiting.splice(0)) job.reject(refusal('The server is stopping.'))
      const workers = [...all]
      for (const timer of idle.values()) clearTimeout(timer)
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function settle(job: Job, answer: WorkerAnswer): void {
  if (answer.status === 'done') job.resolve(answer.product)
  else if (answer.status === 'refused') job.reject(new RefusedError(answer.refusal))
  else job.reject(Object.assign(new Error(answer.message), { stack: answer.stack }))
}

function refusal(reason: string): RefusedError {
  return new RefusedError({ kind: 'upstream-failed', source: SOURCE, reason })
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
