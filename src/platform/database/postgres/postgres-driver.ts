import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import Cursor from 'pg-cursor'
import { bindValues } from '../bind.ts'
import { isRead } from '../statement-kind.ts'
import type { TransactionScope } from '../transaction-scope.ts'

type PooledConnection = DatabaseConnection & {
  begin(settings: TransactionSettings): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  release(): void
}

/** The driver behind `db`. */
export function postgresDriver(pool: Pool, scope: TransactionScope): Driver {
  return driver(pool, {
    acquire: () => {
      if (!scope.isOpening()) scope.requireOutside()
    },
    begin: () => scope.requireOpening(),
    execute: () => undefined,
  })
}

/** The driver behind `reader`: the same pool, reads only. */
export function postgresReaderDriver(pool: Pool): Driver {
  return driver(pool, {
    acquire: () => undefined,
    begin: () => {
      throw new Error('The reader does not open transactions.')
    },
    execute: (query) => {
      if (!isRead(query)) throw new Error('attempt to write through the reader')
    },
  })
}

/** Checks that throw when a step is not allowed. */
type Guards = {
  readonly acquire: () => void
  readonly begin: () => void
  readonly execute: (query: CompiledQuery) => void
}

function driver(pool: Pool, guards: Guards): Driver {
  const pooled = new WeakMap<DatabaseConnection, PooledConnection>()

  function ours(connection: DatabaseConnection): PooledConnection {
    const found = pooled.get(connection)
    if (!found) throw new Error('This connection comes from another driver.')
    return found
  }

  return {
    init: async () => undefined,
    async acquireConnection() {
      guards.acquire()
      const connection = pooledConnection(await pool.connect(), guards.execute)
      pooled.set(connection, connection)
      return connection
    },
    async beginTransaction(connection, settings) {
      guards.begin()
      await ours(connection).begin(settings)
    },
    commitTransaction: (connection) => ours(connection).commit(),
    rollbackTransaction: (connection) => ours(connection).rollback(),
    releaseConnection: async (connection) => ours(connection).release(),
    destroy: async () => undefined,
  }
}

function pooledConnection(client: PoolClient, guard: Guards['execute']): PooledConnection {
  let released = false
  let broken = false
  let previous: Promise<unknown> = Promise.resolve()

  /** One statement at a time: queueing inside pg is deprecated. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = previous.then(() => {
      if (released) throw new Error('This transaction is over.')
      return run()
    })
    previous = result.catch(() => undefined)
    return result
  }

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    guard(query)
    const values = bindValues(query.parameters)
    const { command, rowCount, rows } = await inTurn(() => client.query(query.sql, values))
    const counted = /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command)
    return { rows: rows ?? [], ...(counted ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
  }

  async function* streamQuery<R>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    guard(query)
    const cursor = new Cursor<R>(query.sql, bindValues(query.parameters))
    await inTurn(async () => client.query(cursor))
    try {
      for (;;) {
        const rows = await inTurn(() => cursor.read(chunkSize))
        if (rows.length > 0) yield { rows }
        if (rows.length < chunkSize) return
      }
    } finally {
      await inTurn(() => cursor.close())
    }
  }

  async function begin({ isolationLevel }: TransactionSettings): Promise<void> {
    await inTurn(() => client.query(isolationLevel ? `begin isolation level ${isolationLevel}` : 'begin'))
  }

  async function commit(): Promise<void> {
    const { command } = await inTurn(() => client.query('commit'))
    // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed.
    if (command === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async function rollback(): Promise<void> {
    try {
      await inTurn(() => client.query('rollback'))
    } catch (error) {
      broken = true
      throw error
    }
  }

  function release(): void {
    released = true
    client.release(broken)
  }

  return { executeQuery, streamQuery, begin, commit, rollback, release }
}
