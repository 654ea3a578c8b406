import { parentPort, workerData } from 'node:worker_threads'
import { RefusedError } from '../../../core/refusal.ts'
import { CodecFailure } from './codec-failure.ts'
import { type CodecJob, runCodecJob } from './codec-job.ts'
import type { CodecReply, CodecRequest } from './codec-pool.ts'
import { limitWasmMemory } from './limit-wasm-memory.ts'
import { transferablesOf } from './transferables.ts'

/** The thread in which frames are decoded, rendered and encoded; one job at a time. */

const { memoryBytes } = workerData as { readonly memoryBytes: number }
limitWasmMemory(memoryBytes)

async function answer(job: CodecJob): Promise<CodecReply> {
  try {
    return { kind: 'done', result: await runCodecJob(job) }
  } catch (error) {
    if (error instanceof RefusedError) return { kind: 'refused', refusal: error.refusal }
    if (error instanceof CodecFailure) return { kind: 'broken', reason: error.message }
    throw error
  }
}

parentPort?.on('message', async ({ job }: CodecRequest) => {
  const reply = await answer(job)
  parentPort?.postMessage(reply, transferablesOf(reply))
})
