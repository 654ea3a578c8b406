import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { RefusedError } from '../../../core/refusal.ts'
import type { ReaderFailure, ReaderReply, ReaderRequest, ReaderRows, ReaderTask } from './reader-protocol.ts'
import { openSqliteConnection } from './sqlite-connection.ts'
import { columnNames, type StatementCache, statementCache, toSqlite } from './statement-cache.ts'

const NO_ROWS: ReaderRows = { columns: [], rows: [] }
const BUSY_TIMEOUT = 'pragma busy_timeout = 5000'

type OpenStream = {
  readonly connection: DatabaseSync
  readonly columns: string[]
  readonly rows: Iterator<unknown>
}

const file = fileToRead(workerData)
const streams = new Map<number, OpenStream>()
let reader = openReader()

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)))

function answer({ id, task }: ReaderRequest): ReaderReply {
  try {
    return { id, kind: 'rows', result: perform(task) }
  } catch (error) {
    if (error instanceof RefusedError) return { id, kind: 'refused', refusal: error.refusal }
    return { id, kind: 'failed', failure: describe(error) }
  }
}

function perform(task: ReaderTask): ReaderRows {
  switch (task.kind) {
    case 'run':
      return reader.statements.run(task.sql, task.values)
    case 'open':
      streams.set(task.stream, openStream(task))
      return NO_ROWS
    case 'next':
      return nextRows(task.stream, task.count)
    case 'close':
      closeStream(task.stream)
      return NO_ROWS
    case 'analyze':
      analyze()
      return NO_ROWS
    case 'reopen':
      reader.connection.close()
      reader = openReader()
      return NO_ROWS
  }
}

function openReader(): { connection: DatabaseSync; statements: StatementCache } {
  const connection = openSqliteConnection(file, 'read-only')
  connection.exec(BUSY_TIMEOUT)
  return { connection, statements: statementCache(connection) }
}

function openStream({
  sql,
  values,
}: {
  sql: string
  values: Parameters<StatementCache['run']>[1]
}): OpenStream {
  const connection = openSqliteConnection(file, 'read-only')
  try {
    connection.exec(BUSY_TIMEOUT)
    const statement = connection.prepare(sql, { returnArrays: true })
    const rows: Iterator<unknown> = statement.iterate(...values.map(toSqlite))
    return { connection, columns: columnNames(statement), rows }
  } catch (error) {
    connection.close()
    throw error
  }
}

function nextRows(stream: number, count: number): ReaderRows {
  const open = streams.get(stream)
  if (!open) throw new Error('The stream is closed.')
  const rows: unknown[][] = []
  while (rows.length < count) {
    const next = open.rows.next()
    if (next.done) break
    if (Array.isArray(next.value)) rows.push(next.value)
  }
  return { columns: open.columns, rows }
}

function closeStream(stream: number): void {
  streams.get(stream)?.connection.close()
  streams.delete(stream)
}

function analyze(): void {
  const connection = openSqliteConnection(file, 'read-write')
  try {
    connection.exec(BUSY_TIMEOUT)
    connection.exec('pragma analysis_limit = 2000; analyze')
  } finally {
    connection.close()
  }
}

function describe(error: unknown): ReaderFailure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  return {
    name: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('errcode' in error && typeof error.errcode === 'number' ? { errcode: error.errcode } : {}),
  }
}

function fileToRead(data: unknown): string {
  if (typeof data !== 'string') throw new TypeError('A reader thread is given the database file.')
  return data
}
