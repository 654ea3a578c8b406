import { parentPort, workerData } from 'node:worker_threads'
import { RefusedError } from '../../../core/refusal.ts'
import type { CodecJob, CodecResult } from '../codecs/codec-job.ts'
import { type CodecPool, movable } from '../codecs/codec-pool.ts'
import { transferablesOf } from '../codecs/transferables.ts'
import type { FileTask, FileWorkerData, FromThread, ToThread } from './file-task.ts'
import { generateParts } from './generate-parts.ts'
import { readAnswer } from './read-answer.ts'
import { storedFileParts } from './stored-file-parts.ts'
import { viewParts } from './view-parts.ts'

/** The thread in which uploaded files are taken apart and made; one task at a time. */

/** Parts are sent once they are about this large. */
const PART_BYTES = 256 * 1024

const { width } = workerData as FileWorkerData

type Waiting = { readonly resolve: (result: CodecResult) => void; readonly reject: (error: Error) => void }

const waiting = new Map<number, Waiting>()
let jobs = 0
let wantsMore: (() => void) | undefined

/** Codecs work in threads of the server, where a hostile frame costs no more than that frame. */
function runElsewhere(job: CodecJob): Promise<CodecResult> {
  jobs += 1
  const id = jobs
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    send({ kind: 'job', id, job })
  })
}

const pool: CodecPool = {
  // the answer to a job is the result of its kind: the server's pool pairs them
  run: ((kind: CodecJob['kind'], job: CodecJob['job']) =>
    runElsewhere({ kind, job } as CodecJob)) as CodecPool['run'],
  close: () => Promise.resolve(),
  width,
}

function send(message: FromThread): void {
  parentPort?.postMessage(message, message.kind === 'job' ? movable(message.job) : transferablesOf(message))
}

function partsOf(task: FileTask): AsyncGenerator<Buffer> {
  switch (task.kind) {
    case 'read':
      return readAnswer(task, pool)
    case 'generate':
      return generateParts(task)
    case 'view':
      return viewParts(task, pool)
    default:
      return storedFileParts(task, pool)
  }
}

async function sendPart(parts: readonly Buffer[]): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    wantsMore = resolve
  })
  send({ kind: 'part', bytes: new Uint8Array(Buffer.concat(parts)) })
  await taken
}

async function perform(task: FileTask): Promise<void> {
  let collected: Buffer[] = []
  let size = 0
  try {
    for await (const part of partsOf(task)) {
      collected.push(part)
      size += part.length
      if (size < PART_BYTES) continue
      await sendPart(collected)
      collected = []
      size = 0
    }
    await sendPart(collected)
    send({ kind: 'end' })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    send({ kind: 'refused', refusal: error.refusal })
  }
}

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'task':
      void perform(message.task)
      return
    case 'more':
      wantsMore?.()
      return
    case 'job-done':
      waiting.get(message.id)?.resolve(message.result)
      waiting.delete(message.id)
      return
    case 'job-refused':
      waiting.get(message.id)?.reject(new RefusedError(message.refusal))
      waiting.delete(message.id)
  }
})
