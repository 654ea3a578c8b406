import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import pg from 'pg'
import type {
  Database,
  DatabaseHandle,
  DurabilitySetting,
  NoTables,
  TransactionOptions,
} from '../database.ts'
import { requireDeliverable } from '../local-notifications.ts'
import { transactionScope } from '../transaction-scope.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { postgresDriver, postgresReaderDriver } from './postgres-driver.ts'
import { postgresListener } from './postgres-listener.ts'
import { TYPE_PARSERS } from './type-parsers.ts'

const ATTEMPTS = 5
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'

export type PostgresOptions = { readonly poolSize: number; readonly statementTimeoutMs: number }

/** Connects to a PostgreSQL database (15 or later) named by a `postgres://` address. */
export async function openPostgres(url: string, options: PostgresOptions): Promise<DatabaseHandle> {
  const client = { connectionString: url, application_name: 'touchstone', types: TYPE_PARSERS }
  const pool = new pg.Pool({
    ...client,
    max: options.poolSize,
    connectionTimeoutMillis: 30_000,
    onConnect: (connected) => prepareSession(connected, options.statementTimeoutMs),
  })
  // An idle connection broke: the pool has dropped it, and the next query opens another or reports why not.
  pool.on('error', () => undefined)
  const scope = transactionScope()
  const listener = postgresListener(client)
  const db: Database = new Kysely<NoTables>({ dialect: postgresDialect(postgresDriver(pool, scope)) })
  const reader: Database = new Kysely<NoTables>({ dialect: postgresDialect(postgresReaderDriver(pool)) })
  let closing: Promise<void> | undefined

  function attempt<T>(
    run: (db: Database) => Promise<T>,
    isolation: 'read committed' | 'serializable',
  ): Promise<T> {
    return scope.open(() =>
      db
        .transaction()
        .setIsolationLevel(isolation)
        .execute((tx) => scope.inside(() => run(tx))),
    )
  }

  async function transaction<T>(
    run: (db: Database) => Promise<T>,
    { isolation }: TransactionOptions = {},
  ): Promise<T> {
    const level = isolation === 'serializable' ? 'serializable' : 'read committed'
    for (let count = 1; ; count++) {
      try {
        return await attempt(run, level)
      } catch (error) {
        if (count === ATTEMPTS || !isRetriable(error)) throw error
      }
      await delay(2 ** count * 5 * (0.5 + Math.random()))
    }
  }

  async function notify(channel: string, payload: string): Promise<void> {
    requireDeliverable(channel, payload)
    await scope.afterCommit(async () => {
      await pool.query('select pg_notify($1, $2)', [channel, payload])
    })
  }

  async function close(): Promise<void> {
    closing ??= listener.close().then(() => pool.end())
    await closing
  }

  const handle: DatabaseHandle = {
    kind: 'postgres',
    db,
    reader,
    transaction,
    durability: () => durability(reader),
    notify,
    listen: listener.listen,
    optimize: async () => {
      await sql`analyze`.execute(db)
    },
    close,
  }
  try {
    await pool.query('select 1')
  } catch (error) {
    await close()
    throw error
  }
  return handle
}

/** Text forms and time zone do not depend on how the server or the role is configured. */
async function prepareSession(client: pg.ClientBase, statementTimeoutMs: number): Promise<void> {
  await client.query(
    `set time zone 'UTC'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set extra_float_digits = 1;
     set standard_conforming_strings = on; set statement_timeout = ${Math.trunc(statementTimeoutMs)}`,
  )
}

function isRetriable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK
}

async function durability(reader: Database): Promise<DurabilitySetting[]> {
  const { rows } = await sql<Record<'version' | 'commit' | 'fsync' | 'pages', string>>`
    select current_setting('server_version') as version, current_setting('synchronous_commit') as commit,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`.execute(reader)
  const [row] = rows
  if (!row) throw new Error('PostgreSQL did not report its settings.')
  return [
    { setting: 'version', value: `PostgreSQL ${row.version}`, durable: true },
    { setting: 'synchronous_commit', value: row.commit, durable: row.commit !== 'off' },
    { setting: 'fsync', value: row.fsync, durable: row.fsync === 'on' },
    { setting: 'full_page_writes', value: row.pages, durable: row.pages === 'on' },
  ]
}
