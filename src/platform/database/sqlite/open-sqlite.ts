import { mkdir, open, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { backup, type DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { asyncLock } from '../async-lock.ts'
import type { Database, DatabaseHandle, DurabilitySetting, NoTables } from '../database.ts'
import { localNotifications } from '../local-notifications.ts'
import { transactionScope } from '../transaction-scope.ts'
import { readerPool } from './reader-pool.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { openSqliteConnection } from './sqlite-connection.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { PATIENCE_MS, type SqliteFile, sqliteDriver, sqliteReaderDriver } from './sqlite-driver.ts'
import { statementCache } from './statement-cache.ts'

/** Opens (and creates) a database file; its folder is created too. */
export async function openSqlite(file: string, readers?: number): Promise<DatabaseHandle> {
  await mkdir(dirname(file), { recursive: true })
  const connection = await openWriter(file)
  const pool = readerPool(file, readers ?? Math.min(4, availableParallelism()))
  const scope = transactionScope()
  const notifications = localNotifications()
  let pointReader = openPointReader(file)

  const sqliteFile: SqliteFile = {
    writer: {
      connection,
      statements: statementCache(connection),
      lock: asyncLock('the database writer', PATIENCE_MS),
    },
    pool,
    pointReads: () => pointReader.statements,
    forgetStatements() {
      sqliteFile.writer.statements.clear()
      pointReader.statements.clear()
    },
  }
  const db: Database = new Kysely<NoTables>({ dialect: sqliteDialect(sqliteDriver(sqliteFile, scope)) })
  const reader: Database = new Kysely<NoTables>({ dialect: sqliteDialect(sqliteReaderDriver(pool)) })

  function transaction<T>(run: (db: Database) => Promise<T>): Promise<T> {
    return scope.open(() => db.transaction().execute((tx) => scope.inside(() => run(tx))))
  }

  async function optimize(): Promise<void> {
    await pool.analyze()
    // Statistics are read when a connection opens.
    const stale = pointReader
    pointReader = openPointReader(file)
    stale.connection.close()
    await pool.reopen()
    const unlock = await sqliteFile.writer.lock.acquire()
    try {
      await retryWhileBusy(() => connection.exec('analyze sqlite_schema'), PATIENCE_MS)
    } finally {
      unlock()
    }
  }

  async function close(): Promise<void> {
    if (!connection.isOpen) return
    const unlock = await sqliteFile.writer.lock.acquire()
    try {
      await pool.close()
      pointReader.connection.close()
      if (connection.isOpen) connection.close()
    } finally {
      unlock()
    }
  }

  return {
    kind: 'sqlite',
    db,
    reader,
    transaction,
    durability: async () => durability(connection),
    notify: (channel, payload) => scope.afterCommit(() => notifications.notify(channel, payload)),
    listen: notifications.listen,
    optimize,
    backupTo: (target) => backupTo(file, target),
    close,
  }
}

async function openWriter(file: string): Promise<DatabaseSync> {
  const connection = await retryWhileBusy(() => openSqliteConnection(file, 'read-write'), PATIENCE_MS)
  await retryWhileBusy(() => connection.exec('pragma journal_mode = wal'), PATIENCE_MS)
  connection.exec('pragma journal_size_limit = 67108864')
  return connection
}

function openPointReader(file: string) {
  const connection = openSqliteConnection(file, 'read-only')
  return { connection, statements: statementCache(connection) }
}

function durability(connection: DatabaseSync): DurabilitySetting[] {
  const read = (setting: string) =>
    String(Object.values(connection.prepare(`pragma ${setting}`).get() ?? {})[0])
  const names: Record<string, string> = { '0': 'off', '1': 'normal', '2': 'full', '3': 'extra' }
  const synchronous = read('synchronous')
  const journal = read('journal_mode')
  const foreignKeys = read('foreign_keys')
  const version = connection.prepare('select sqlite_version() as version').get()?.version
  return [
    { setting: 'version', value: `SQLite ${version}`, durable: true },
    { setting: 'journal_mode', value: journal, durable: journal === 'wal' },
    { setting: 'synchronous', value: names[synchronous] ?? synchronous, durable: Number(synchronous) >= 2 },
    { setting: 'foreign_keys', value: foreignKeys === '1' ? 'on' : 'off', durable: foreignKeys === '1' },
  ]
}

/** Copies from one snapshot, so that writers neither wait nor make the copy start again; then makes it durable. */
async function backupTo(file: string, target: string): Promise<void> {
  const partial = `${target}.partial`
  try {
    await copySnapshot(file, partial)
    await sync(partial, 'r+')
    await rename(partial, target)
  } finally {
    await rm(partial, { force: true })
  }
  await sync(dirname(target), 'r')
}

async function copySnapshot(file: string, target: string): Promise<void> {
  const source = openSqliteConnection(file, 'read-only')
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await backup(source, target)
  } finally {
    source.close()
  }
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const opened = await open(path, flags)
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
