import type { Kysely } from 'kysely'

export type DatabaseKind = 'sqlite' | 'postgres'

export type NoTables = Record<never, never>

/** A database without table types: a module adds its own with `db.withTables<ItsTables>()`. */
export type Database = Kysely<NoTables>

/** One durability setting as the running database reports it, read back for `doctor`. */
export type DurabilitySetting = {
  readonly setting: string
  readonly value: string
  /** Whether a committed transaction survives a power cut with this value. */
  readonly durable: boolean
}

export type TransactionOptions = {
  /**
   * `read-committed` unless said otherwise. `serializable` costs retries on PostgreSQL; on SQLite every
   * transaction is serializable.
   */
  readonly isolation?: 'read-committed' | 'serializable'
}

/**
 * An open database. Rows are the same whichever kind it is: instants are ISO text with milliseconds and `Z`,
 * days `YYYY-MM-DD`, booleans 0 or 1, JSON text, numbers JavaScript numbers, bytes Buffers.
 */
export type DatabaseHandle = {
  readonly kind: DatabaseKind
  /** Point reads and single writes. Inside {@link transaction} use the transaction's `db` instead: this one throws there. */
  readonly db: Database
  /** Heavy reads, of committed data only: worker threads on SQLite, the same pool on PostgreSQL. Refuses writes. */
  readonly reader: Database
  /**
   * Runs `run` in one transaction and commits when it resolves. Transactions do not nest. Any failed statement
   * aborts the transaction, even when its error is caught.
   *
   * NOTE: on PostgreSQL `run` is called again, up to five times, after a deadlock or serialisation failure: it
   * must have no effects outside the database.
   */
  transaction<T>(run: (db: Database) => Promise<T>, options?: TransactionOptions): Promise<T>
  durability(): Promise<readonly DurabilitySetting[]>
  /** Sends ids (under 8000 bytes) to every listener; inside a transaction only after it has committed. */
  notify(channel: string, payload: string): Promise<void>
  /** @returns a function that stops listening */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
  /** Refreshes the planner's statistics: after bulk loads, and daily. */
  optimize(): Promise<void>
  /** Writes a consistent copy to `file` while others read and write. SQLite only. */
  backupTo?(file: string): Promise<void>
  close(): Promise<void>
}

/** A value as the text of a JSON column. */
export function json(value: unknown): string {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError('This value has no JSON form.')
  return text
}
