import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { AsyncLock } from '../async-lock.ts'
import { type BoundValue, bindValues } from '../bind.ts'
import { countsRows, isRead } from '../statement-kind.ts'
import type { TransactionScope } from '../transaction-scope.ts'
import { loopTurnDue } from './loop-turn.ts'
import type { ReaderPool } from './reader-pool.ts'
import type { ReaderRows } from './reader-protocol.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { columnNames, rowObjects, type StatementCache, toSqlite } from './statement-cache.ts'

export const PATIENCE_MS = 30_000

/** The one writing connection of this process. */
export type Writer = {
  readonly connection: DatabaseSync
  readonly statements: StatementCache
  readonly lock: AsyncLock
}

/** What the driver needs of an open database file. */
export type SqliteFile = {
  readonly writer: Writer
  /** Statements on the main thread's reading connection, for point reads. */
  pointReads(): StatementCache
  readonly pool: ReaderPool
  /** To be called after a statement that may have changed tables. */
  forgetStatements(): void
}

type TransactionConnection = DatabaseConnection & {
  begin(): Promise<void>
  commit(): void
  rollback(): void
  release(): void
}

/** The driver behind `db`: point reads on the main thread, writes and transactions through the writer. */
export function sqliteDriver(file: SqliteFile, scope: TransactionScope): Driver {
  const direct = directConnection(file)
  const transactions = new WeakMap<DatabaseConnection, TransactionConnection>()

  function transactionOf(connection: DatabaseConnection): TransactionConnection {
    scope.requireOpening()
    const transaction = transactions.get(connection)
    if (!transaction) throw new Error('This connection cannot begin a transaction.')
    return transaction
  }

  return {
    init: async () => undefined,
    async acquireConnection() {
      if (!scope.isOpening()) {
        scope.requireOutside()
        return direct
      }
      const transaction = transactionConnection(file)
      transactions.set(transaction, transaction)
      return transaction
    },
    beginTransaction: (connection) => transactionOf(connection).begin(),
    commitTransaction: async (connection) => transactions.get(connection)?.commit(),
    rollbackTransaction: async (connection) => transactions.get(connection)?.rollback(),
    releaseConnection: async (connection) => transactions.get(connection)?.release(),
    destroy: async () => undefined,
  }
}

/** The driver behind `reader`: everything in reader threads. */
export function sqliteReaderDriver(pool: ReaderPool): Driver {
  const refuse = async () => {
    throw new Error('The reader does not open transactions.')
  }
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery) {
      const { columns, rows } = await pool.run(query.sql, bindValues(query.parameters))
      return { rows: typedRows<R>(columns, rows) }
    },
    streamQuery: <R>(query: CompiledQuery, chunkSize: number) => streamFrom<R>(pool, query, chunkSize),
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
}

function directConnection(file: SqliteFile): DatabaseConnection {
  const { writer, pool } = file

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = bindValues(query.parameters)
    if (loopTurnDue()) await nextTurn()
    if (isRead(query)) {
      const { columns, rows } = await retryWhileBusy(
        () => file.pointReads().run(query.sql, values),
        PATIENCE_MS,
      )
      return { rows: typedRows<R>(columns, rows) }
    }
    const release = await writer.lock.acquire()
    try {
      return await retryWhileBusy(() => write<R>(file, query, values), PATIENCE_MS)
    } finally {
      release()
    }
  }

  return {
    executeQuery,
    streamQuery: <R>(query: CompiledQuery, chunkSize: number) => streamFrom<R>(pool, query, chunkSize),
  }
}

function transactionConnection(file: SqliteFile): TransactionConnection {
  const { connection, lock } = file.writer
  let state: 'new' | 'open' | 'aborted' | 'over' = 'new'
  let unlock: (() => void) | undefined

  async function begin(): Promise<void> {
    unlock = await lock.acquire()
    await retryWhileBusy(() => connection.exec('begin immediate'), PATIENCE_MS)
    state = 'open'
  }

  function requireOpen(): void {
    if (state === 'aborted') throw new Error('An earlier statement failed, so this transaction is aborted.')
    if (state !== 'open') throw new Error('This transaction is over.')
  }

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = bindValues(query.parameters)
    if (loopTurnDue()) await nextTurn()
    requireOpen()
    return abortOnFailure(() => write<R>(file, query, values))
  }

  // PostgreSQL aborts a transaction when a statement fails; SQLite would go on and commit the rest.
  function abortOnFailure<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      state = 'aborted'
      throw error
    }
  }

  async function* streamQuery<R>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    requireOpen()
    const statement = connection.prepare(query.sql, { returnArrays: true })
    const columns = columnNames(statement)
    const iterator: Iterator<unknown> = statement.iterate(...bindValues(query.parameters).map(toSqlite))
    try {
      for (;;) {
        if (loopTurnDue()) await nextTurn()
        requireOpen()
        const rows = abortOnFailure(() => take(iterator, chunkSize))
        if (rows.length > 0) yield { rows: typedRows<R>(columns, rows) }
        if (rows.length < chunkSize) return
      }
    } finally {
      iterator.return?.()
    }
  }

  function commit(): void {
    if (state === 'aborted') {
      rollback()
      throw new AbortedTransactionError()
    }
    connection.exec('commit')
    state = 'over'
  }

  function rollback(): void {
    if (connection.isTransaction) connection.exec('rollback')
    state = 'over'
  }

  function release(): void {
    state = 'over'
    unlock?.()
  }

  return { begin, executeQuery, streamQuery, commit, rollback, release }
}

function write<R>(file: SqliteFile, query: CompiledQuery, values: readonly BoundValue[]): QueryResult<R> {
  const { columns, rows, changes } = file.writer.statements.run(query.sql, values)
  if (isRead(query)) return { rows: typedRows<R>(columns, rows) }
  if (!countsRows(query)) {
    file.forgetStatements()
    return { rows: typedRows<R>(columns, rows) }
  }
  return { rows: typedRows<R>(columns, rows), numAffectedRows: BigInt(changes) }
}

async function* streamFrom<R>(
  pool: ReaderPool,
  query: CompiledQuery,
  chunkSize: number,
): AsyncIterableIterator<QueryResult<R>> {
  for await (const { columns, rows } of pool.stream(query.sql, bindValues(query.parameters), chunkSize)) {
    yield { rows: typedRows<R>(columns, rows) }
  }
}

function take(iterator: Iterator<unknown>, count: number): unknown[][] {
  const rows: unknown[][] = []
  while (rows.length < count) {
    const next = iterator.next()
    if (next.done) break
    if (Array.isArray(next.value)) rows.push(next.value)
  }
  return rows
}

/** Kysely's types promise the caller rows of type R; the driver is where that promise is made. */
function typedRows<R>(columns: ReaderRows['columns'], rows: ReaderRows['rows']): R[] {
  return rowObjects(columns, rows) as R[]
}
