import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { CodecJob, CodecResult } from '../codecs/codec-job.ts'
import type { CodecPool } from '../codecs/codec-pool.ts'
import { transferablesOf } from '../codecs/transferables.ts'
import type { FileTask, FileWorkerData, FromThread, ToThread } from './file-task.ts'

/**
 * Threads that take uploaded files apart, so that a large or hostile one does not hold up the server. One that
 * hangs, crashes or whose answer nobody wants any more is replaced.
 */
export type FileThreads = {
  /**
   * The result of a task in parts; the next one is made when the last was taken.
   *
   * @throws RefusedError `invalid-input` before the first part
   */
  readonly run: (task: FileTask) => AsyncGenerator<Uint8Array, void, undefined>
  readonly close: () => Promise<void>
}

export type FileThreadOptions = {
  readonly workers?: number
  /** Without a sign of life for this long a thread is given up. */
  readonly timeoutMs?: number
  readonly memoryMib?: number
  /** Threads without work end after this time. */
  readonly idleMs?: number
}

const DEFAULTS = { timeoutMs: 120_000, memoryMib: 1024, idleMs: 60_000 }

type Reply = Exclude<FromThread, { readonly kind: 'job' }>

type Thread = {
  readonly worker: Worker
  readonly replies: Reply[]
  failure: Error | undefined
  wake: () => void
  timer: NodeJS.Timeout | undefined
}

export function openFileThreads(pool: CodecPool, options: FileThreadOptions = {}): FileThreads {
  const settings = { workers: Math.max(2, availableParallelism()), ...DEFAULTS, ...options }
  const all = new Set<Thread>()
  const idle: Thread[] = []
  const queue: (() => void)[] = []
  let busy = 0

  function start(): Thread {
    const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
      workerData: { width: pool.width } satisfies FileWorkerData,
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMib },
    })
    const thread: Thread = {
      worker,
      replies: [],
      failure: undefined,
      wake: () => undefined,
      timer: undefined,
    }
    const fail = (error: Error) => {
      thread.failure ??= error
      thread.wake()
      discard(thread)
    }
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'job') serveJob(pool, worker, message.id, message.job).catch(fail)
      else thread.replies.push(message)
      thread.wake()
    })
    worker.on('error', (error) => fail(isOutOfMemory(error) ? NEEDS_MEMORY : error))
    worker.on('exit', () => fail(new Error('The thread that reads files ended.')))
    all.add(thread)
    return thread
  }

  function discard(thread: Thread): void {
    clearTimeout(thread.timer)
    const place = idle.indexOf(thread)
    if (place >= 0) idle.splice(place, 1)
    if (all.delete(thread)) void thread.worker.terminate()
  }

  async function take(): Promise<Thread> {
    if (busy >= settings.workers) await new Promise<void>((resolve) => queue.push(resolve))
    busy += 1
    const thread = idle.pop() ?? start()
    clearTimeout(thread.timer)
    thread.worker.ref()
    return thread
  }

  function rest(thread: Thread): void {
    if (!all.has(thread)) return
    thread.worker.unref()
    thread.timer = setTimeout(() => discard(thread), settings.idleMs).unref()
    idle.push(thread)
  }

  /** @throws whatever ended the thread, or that it says nothing any more */
  async function nextReply(thread: Thread): Promise<Reply> {
    for (;;) {
      const reply = thread.replies.shift()
      if (reply) return reply
      if (thread.failure) throw thread.failure
      const isAlive = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), settings.timeoutMs)
        thread.wake = () => {
          clearTimeout(timer)
          resolve(true)
        }
      })
      if (!isAlive) throw TOO_LONG
    }
  }

  async function* run(task: FileTask): AsyncGenerator<Uint8Array, void, undefined> {
    const thread = await take()
    let isFree = false
    try {
      thread.worker.postMessage({ kind: 'task', task } satisfies ToThread)
      for (;;) {
        const reply = await nextReply(thread)
        isFree = reply.kind !== 'part'
        if (reply.kind === 'end') return
        if (reply.kind === 'refused') throw new RefusedError(reply.refusal)
        yield reply.bytes
        thread.worker.postMessage({ kind: 'more' } satisfies ToThread)
      }
    } finally {
      busy -= 1
      if (isFree) rest(thread)
      else discard(thread)
      queue.shift()?.()
    }
  }

  return {
    run,
    async close() {
      const threads = [...all]
      for (const thread of threads) discard(thread)
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

async function serveJob(pool: CodecPool, worker: Worker, id: number, { kind, job }: CodecJob): Promise<void> {
  const reply = await jobReply(id, () => pool.run(kind, job))
  worker.postMessage(reply, transferablesOf(reply))
}

async function jobReply(id: number, work: () => Promise<CodecResult>): Promise<ToThread> {
  try {
    return { kind: 'job-done', id, result: await work() }
  } catch (error) {
    if (error instanceof RefusedError) return { kind: 'job-refused', id, refusal: error.refusal }
    throw error
  }
}

const TOO_LONG = invalidInput('file', 'Reading the file takes too long.')
const NEEDS_MEMORY = invalidInput('file', 'Reading the file needs more memory than it may have.')

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
