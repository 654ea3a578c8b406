import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { invalidInput, type Refusal, RefusedError } from '../../../core/refusal.ts'
import type { CodecJob, CodecJobKind, CodecJobs, CodecResult } from './codec-job.ts'
import { transferablesOf } from './transferables.ts'

export type CodecRequest = { readonly job: CodecJob }

/** `broken`: the decoder gave up and its thread is not trusted with another frame. */
export type CodecReply =
  | { readonly kind: 'done'; readonly result: CodecResult }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'broken'; readonly reason: string }

export type CodecPoolOptions = {
  readonly workers?: number
  /** A frame that takes longer is given up, with the thread that works on it. */
  readonly timeoutMs?: number
  /** Memory that a thread's WebAssembly modules and JavaScript heap may each take. */
  readonly memoryBytes?: number
  /** Threads without work end after this time. */
  readonly idleMs?: number
}

/**
 * Threads that decode, render and encode frames, so that neither a slow nor a hostile file stops the server. A
 * thread that hangs, crashes or breaks off is replaced; only the frame it worked on fails.
 */
export type CodecPool = {
  /** @throws RefusedError `invalid-input` for `PixelData` if the frame cannot be done */
  readonly run: <K extends CodecJobKind>(kind: K, job: CodecJobs[K]['job']) => Promise<CodecJobs[K]['result']>
  readonly close: () => Promise<void>
  /** Frames that may usefully be under way at once. */
  readonly width: number
}

type Task = {
  readonly job: CodecJob
  readonly resolve: (result: CodecResult) => void
  readonly reject: (error: Error) => void
}

type Thread = { readonly worker: Worker; task: Task | undefined; timer: NodeJS.Timeout | undefined }

/** The codecs' own code needs this much. */
const LEAST_HEAP_MB = 128

const DEFAULTS = { timeoutMs: 30_000, memoryBytes: 1 << 30, idleMs: 60_000 }

export function openCodecPool(options: CodecPoolOptions = {}): CodecPool {
  const settings = { workers: Math.max(1, availableParallelism()), ...DEFAULTS, ...options }
  const threads = new Set<Thread>()
  const queue: Task[] = []
  let closed = false

  function startThread(): Thread {
    const worker = new Worker(new URL('./codec-worker.ts', import.meta.url), {
      workerData: { memoryBytes: settings.memoryBytes },
      resourceLimits: {
        maxOldGenerationSizeMb: Math.max(LEAST_HEAP_MB, Math.ceil(settings.memoryBytes / 2 ** 20)),
      },
      stderr: false,
    })
    const thread: Thread = { worker, task: undefined, timer: undefined }
    worker.on('message', (reply: CodecReply) => receive(thread, reply))
    worker.on('error', (error) => discard(thread, isOutOfMemory(error) ? NEEDS_MEMORY : error))
    worker.on('exit', () => discard(thread, ENDED))
    worker.unref()
    threads.add(thread)
    return thread
  }

  function receive(thread: Thread, reply: CodecReply): void {
    if (reply.kind === 'broken') {
      discard(thread, invalidInput('PixelData', reply.reason))
      return
    }
    const { task } = thread
    rest(thread)
    if (reply.kind === 'done') task?.resolve(reply.result)
    else task?.reject(new RefusedError(reply.refusal))
    assign()
  }

  /** Without work a thread neither keeps the process alive nor lives for ever. */
  function rest(thread: Thread): void {
    clearTimeout(thread.timer)
    thread.task = undefined
    thread.worker.unref()
    thread.timer = setTimeout(() => discard(thread), settings.idleMs).unref()
  }

  function discard(thread: Thread, error?: Error): void {
    if (!threads.delete(thread)) return
    clearTimeout(thread.timer)
    const { task } = thread
    thread.task = undefined
    void thread.worker.terminate()
    if (error) task?.reject(error)
    assign()
  }

  function assign(): void {
    while (queue.length > 0) {
      const idle = [...threads].find(({ task }) => task === undefined)
      const thread = idle ?? (threads.size < settings.workers ? startThread() : undefined)
      const task = thread && queue.shift()
      if (!thread || !task) return
      give(thread, task)
    }
  }

  function give(thread: Thread, task: Task): void {
    clearTimeout(thread.timer)
    thread.task = task
    thread.timer = setTimeout(
      () => discard(thread, invalidInput('PixelData', 'Decoding the frame takes too long.')),
      settings.timeoutMs,
    )
    thread.worker.ref()
    thread.worker.postMessage({ job: task.job } satisfies CodecRequest, movable(task.job))
  }

  function run(job: CodecJob): Promise<CodecResult> {
    if (closed) return Promise.reject(new Error('The codec pool is closed.'))
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject })
      assign()
    })
  }

  return {
    // The worker answers a job with the result of its kind: `runCodecJob` pairs them.
    run: ((kind: CodecJobKind, job: CodecJob['job']) => run({ kind, job } as CodecJob)) as CodecPool['run'],
    width: settings.workers,
    async close() {
      closed = true
      const error = new Error('The codec pool is closed.')
      for (const { reject } of queue.splice(0)) reject(error)
      const ending = [...threads].map(({ worker }) => worker)
      for (const thread of threads) discard(thread, error)
      await Promise.all(ending.map((worker) => worker.terminate()))
    },
  }
}

/** The bytes of a frame are a copy of their own and move to the thread. */
export function movable({ kind, job }: CodecJob): ArrayBuffer[] {
  if (kind === 'encode') return []
  return transferablesOf(kind === 'samples' ? job.bytes : job.frame.bytes)
}

const NEEDS_MEMORY = invalidInput('PixelData', 'The frame needs more memory than it may have.')
const ENDED = invalidInput('PixelData', 'The decoder ended in the middle of the frame.')

/** The thread's own limit; any other error that reaches it is a defect and stays one. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
