import { parentPort } from 'node:worker_threads'
import { RefusedError } from '../../core/refusal.ts'
import { build } from './build-in-worker.ts'
import type { WorkerAnswer, WorkerTask } from './worker-protocol.ts'

/** Entry of the worker thread: one task at a time, each answered once. */
parentPort?.on('message', (task: WorkerTask) => {
  void answer(task).then((done) => parentPort?.postMessage(done, transferOf(done)))
})

async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  try {
    return { status: 'done', product: await build(task) }
  } catch (error) {
    if (error instanceof RefusedError) return { status: 'refused', refusal: error.refusal }
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    return { status: 'failed', message, stack: stack ?? '' }
  }
}

function transferOf(done: WorkerAnswer): ArrayBuffer[] {
  return done.status === 'done' && typeof done.product !== 'string' ? [done.product.buffer] : []
}
