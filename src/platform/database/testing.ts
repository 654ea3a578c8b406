import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe } from 'vitest'
import type { DatabaseHandle, DatabaseKind } from './database.ts'
import { migrate } from './migrate.ts'
import { type DatabaseConfig, openDatabase } from './open-database.ts'
import type { Migration } from './schema-builder.ts'
import { testRun } from './test-run.ts'

const KINDS: readonly DatabaseKind[] = ['sqlite', 'postgres']

/**
 * Opens a migrated database in a test. Without a word it is the one that all tests of the group share; `fresh`
 * gives an empty one of its own. All are closed after the group.
 */
export type OpenTestDatabase = (which?: 'shared' | 'fresh') => Promise<DatabaseHandle>

/**
 * Registers the same tests once per kind of database. `TOUCHSTONE_TEST_DATABASES=sqlite` leaves the other one out.
 *
 * @param migrations told apart from those of other tests by their ids and text
 */
export function forEachDatabase(
  name: string,
  migrations: readonly Migration[],
  define: (open: OpenTestDatabase, kind: DatabaseKind) => void,
): void {
  const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? KINDS
  for (const kind of KINDS.filter((candidate) => wanted.includes(candidate))) {
    describe(`${name} (${kind})`, () => {
      const opened: DatabaseHandle[] = []
      let shared: Promise<DatabaseHandle> | undefined

      async function openOne(): Promise<DatabaseHandle> {
        const handle = await openTestDatabase(kind, migrations)
        opened.push(handle)
        return handle
      }

      afterAll(async () => {
        await Promise.all(opened.map((handle) => handle.close()))
      })

      define((which = 'shared') => {
        if (which === 'fresh') return openOne()
        shared ??= openOne()
        return shared
      }, kind)
    })
  }
}

let openCount = 0

/**
 * Opens a new migrated database, which ends when the handle is closed. Also for scripts, outside of a run of the
 * tests; PostgreSQL then stops with the last handle.
 */
export async function openTestDatabase(
  kind: DatabaseKind,
  migrations: readonly Migration[],
): Promise<DatabaseHandle> {
  openCount += 1
  const config = await makeTestDatabase(kind, migrations)
  const handle = await openDatabase(config)
  let closing: Promise<void> | undefined
  const close = async () => {
    await handle.close()
    if (config.kind === 'postgres') await dropDatabase(config.url)
    openCount -= 1
    if (openCount === 0) await (await testRun()).rest()
  }
  return {
    ...handle,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Makes a new migrated database without opening it: for several handles, or another process, on the same one. */
export async function makeTestDatabase(
  kind: DatabaseKind,
  migrations: readonly Migration[],
): Promise<DatabaseConfig> {
  if (kind === 'postgres') return { kind, url: await testPostgresUrl(migrations), poolSize: 10 }
  const { folder } = await testRun()
  const template = await sqliteTemplate(folder, migrations)
  const ownFolder = join(folder, `sqlite-${randomUUID()}`)
  await mkdir(ownFolder)
  const file = join(ownFolder, 'touchstone.db')
  await copyFile(template, file)
  return { kind, file, readers: 1 }
}

/** The address of a new database on the PostgreSQL server for tests: migrated, or empty. */
export async function testPostgresUrl(migrations: readonly Migration[] = []): Promise<string> {
  const server = await (await testRun()).postgresUrl()
  const template = `template_${fingerprint(migrations)}`
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(server)
  await client.connect()
  try {
    await postgresTemplate(client, server, template, migrations)
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  } finally {
    await client.end()
  }
  return withDatabase(server, name)
}

async function sqliteTemplate(folder: string, migrations: readonly Migration[]): Promise<string> {
  const file = join(folder, `template-${fingerprint(migrations)}.db`)
  templates.set(file, templates.get(file) ?? buildSqliteTemplate(file, migrations))
  await templates.get(file)
  return file
}

const templates = new Map<string, Promise<void>>()

async function buildSqliteTemplate(file: string, migrations: readonly Migration[]): Promise<void> {
  const partial = `${file}.${randomUUID()}`
  const handle = await openDatabase({ kind: 'sqlite', file: partial, readers: 1 })
  try {
    await migrate(handle, migrations)
  } finally {
    await handle.close()
  }
  await rename(partial, file)
}

async function postgresTemplate(
  client: pg.Client,
  server: string,
  name: string,
  migrations: readonly Migration[],
): Promise<void> {
  await client.query('select pg_advisory_lock(1)')
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount) return
    const building = `building_${name}`
    await client.query(`drop database if exists ${building} with (force)`)
    await client.query(`create database ${building} strategy file_copy`)
    const handle = await openDatabase({ kind: 'postgres', url: withDatabase(server, building), poolSize: 2 })
    try {
      await migrate(handle, migrations)
    } finally {
      await handle.close()
    }
    await client.query(`alter database ${building} rename to ${name}`)
  } finally {
    await client.query('select pg_advisory_unlock(1)')
  }
}

async function dropDatabase(url: string): Promise<void> {
  const client = new pg.Client(withDatabase(url, 'postgres'))
  await client.connect()
  try {
    await client.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

function fingerprint(migrations: readonly Migration[]): string {
  const hash = createHash('sha256')
  for (const { id, up } of migrations) hash.update(`${id}\0${up}\0`)
  return hash.digest('hex').slice(0, 20)
}
