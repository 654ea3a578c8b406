import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { BoundValue } from '../bind.ts'

const CACHED_STATEMENTS = 300

type CachedStatement = { readonly statement: StatementSync; columns: readonly string[] }

/** What one statement did, with the rows as arrays of values in the order of `columns`. */
export type StatementResult = {
  readonly columns: readonly string[]
  readonly rows: readonly unknown[][]
  readonly changes: number
}

/** Runs statements on one connection and keeps the most recently used ones prepared. */
export type StatementCache = {
  run(sql: string, values: readonly BoundValue[]): StatementResult
  /** Drops all prepared statements: after the tables changed. */
  clear(): void
}

export function statementCache(connection: DatabaseSync): StatementCache {
  const cached = new Map<string, CachedStatement>()

  function prepare(sql: string): CachedStatement {
    const found = cached.get(sql)
    if (found) {
      cached.delete(sql)
      cached.set(sql, found)
      return found
    }
    const statement = connection.prepare(sql, { returnArrays: true })
    const prepared = { statement, columns: columnNames(statement) }
    cached.set(sql, prepared)
    if (cached.size > CACHED_STATEMENTS) {
      const oldest = cached.keys().next()
      if (!oldest.done) cached.delete(oldest.value)
    }
    return prepared
  }

  function run(sql: string, values: readonly BoundValue[]): StatementResult {
    const prepared = prepare(sql)
    const bound = values.map(toSqlite)
    if (prepared.columns.length === 0) {
      const { changes } = prepared.statement.run(...bound)
      return { columns: [], rows: [], changes: Number(changes) }
    }
    const rows = allAsArrays(prepared.statement, bound)
    // Another connection may have added a column since the statement was prepared.
    if (rows[0] && rows[0].length !== prepared.columns.length)
      prepared.columns = columnNames(prepared.statement)
    return { columns: prepared.columns, rows, changes: rows.length }
  }

  return { run, clear: () => cached.clear() }
}

export function columnNames(statement: StatementSync): string[] {
  return statement.columns().map(({ name }) => name)
}

/** Whole numbers are bound as integers: as doubles they would divide and concatenate differently from PostgreSQL. */
export function toSqlite(value: BoundValue): BoundValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

/** Rows as objects with an ordinary prototype and bytes as Buffers, as the PostgreSQL driver gives them. */
export function rowObjects(
  columns: readonly string[],
  rows: readonly unknown[][],
): Record<string, unknown>[] {
  return rows.map((values) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < columns.length; index++) {
      const value = values[index]
      row[columns[index] ?? ''] = value instanceof Uint8Array ? asBuffer(value) : value
    }
    return row
  })
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function allAsArrays(statement: StatementSync, values: readonly BoundValue[]): unknown[][] {
  const rows: unknown = statement.all(...values)
  if (!isArrayOfArrays(rows)) throw new TypeError('The statement was not prepared to return arrays.')
  return rows
}

function isArrayOfArrays(rows: unknown): rows is unknown[][] {
  return Array.isArray(rows) && (rows.length === 0 || Array.isArray(rows[0]))
}
