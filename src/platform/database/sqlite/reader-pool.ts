import { Worker } from 'node:worker_threads'
import { RefusedError } from '../../../core/refusal.ts'
import type { BoundValue } from '../bind.ts'
import type { ReaderFailure, ReaderReply, ReaderRequest, ReaderRows, ReaderTask } from './reader-protocol.ts'

/** Threads that read the database file. They start when first needed and do not keep the process alive when idle. */
export type ReaderPool = {
  run(sql: string, values: readonly BoundValue[]): Promise<ReaderRows>
  /** Reads chunk by chunk on a connection of its own, which sees the data as of the first chunk. */
  stream(sql: string, values: readonly BoundValue[], chunkSize: number): AsyncIterableIterator<ReaderRows>
  analyze(): Promise<void>
  /** Makes the threads that run look at changed tables and statistics. */
  reopen(): Promise<void>
  close(): Promise<void>
}

type Waiting = { readonly resolve: (rows: ReaderRows) => void; readonly reject: (error: Error) => void }

type Reader = { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

export function readerPool(file: string, size: number): ReaderPool {
  const readers = new Set<Reader>()
  let lastId = 0
  let closed = false

  function start(): Reader {
    // Flags of this process, such as --eval's, need not suit a thread.
    const options = { workerData: file, execArgv: [] }
    const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), options)
    const reader: Reader = { worker, waiting: new Map() }
    worker.unref()
    worker.on('message', (reply: ReaderReply) => settle(reader, reply))
    worker.on('error', (error: Error) => abandon(reader, error))
    worker.on('exit', () => abandon(reader, new Error('The reader thread has ended.')))
    readers.add(reader)
    return reader
  }

  function abandon(reader: Reader, error: Error): void {
    readers.delete(reader)
    for (const { reject } of reader.waiting.values()) reject(error)
    reader.waiting.clear()
  }

  function leastBusy(): Reader {
    let best: Reader | undefined
    for (const reader of readers) {
      if (!best || reader.waiting.size < best.waiting.size) best = reader
    }
    return !best || (best.waiting.size > 0 && readers.size < size) ? start() : best
  }

  function ask(reader: Reader, task: ReaderTask): Promise<ReaderRows> {
    if (closed || !readers.has(reader)) return Promise.reject(new Error('The database is closed.'))
    return new Promise((resolve, reject) => {
      lastId += 1
      if (reader.waiting.size === 0) reader.worker.ref()
      reader.waiting.set(lastId, { resolve, reject })
      const request: ReaderRequest = { id: lastId, task }
      reader.worker.postMessage(request)
    })
  }

  function askAny(task: ReaderTask): Promise<ReaderRows> {
    if (closed) return Promise.reject(new Error('The database is closed.'))
    return ask(leastBusy(), task)
  }

  async function* stream(
    sql: string,
    values: readonly BoundValue[],
    count: number,
  ): AsyncIterableIterator<ReaderRows> {
    if (closed) throw new Error('The database is closed.')
    const reader = leastBusy()
    lastId += 1
    const id = lastId
    await ask(reader, { kind: 'open', stream: id, sql, values })
    try {
      for (;;) {
        const rows = await ask(reader, { kind: 'next', stream: id, count })
        if (rows.rows.length > 0) yield rows
        if (rows.rows.length < count) return
      }
    } finally {
      if (!closed && readers.has(reader)) await ask(reader, { kind: 'close', stream: id })
    }
  }

  async function close(): Promise<void> {
    closed = true
    await Promise.all([...readers].map(({ worker }) => worker.terminate()))
  }

  async function analyze(): Promise<void> {
    await askAny({ kind: 'analyze' })
  }

  async function reopen(): Promise<void> {
    await Promise.all([...readers].map((reader) => ask(reader, { kind: 'reopen' })))
  }

  return { run: (sql, values) => askAny({ kind: 'run', sql, values }), stream, analyze, reopen, close }
}

function settle(reader: Reader, reply: ReaderReply): void {
  const waiting = reader.waiting.get(reply.id)
  reader.waiting.delete(reply.id)
  if (reader.waiting.size === 0) reader.worker.unref()
  if (reply.kind === 'rows') waiting?.resolve(reply.result)
  else waiting?.reject(reply.kind === 'refused' ? new RefusedError(reply.refusal) : revive(reply.failure))
}

function revive({ name, message, stack, ...codes }: ReaderFailure): Error {
  const error = Object.assign(new Error(message), codes)
  error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
