import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { openBlobStore } from '../../platform/blobs/open-blob-store.ts'
import type { Database } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { makeTestDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { connectionOf, dumpPostgres } from './postgres-tools.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

it.each([
  [
    'postgres://lab:p%40ss@db.example:5433/qa?sslmode=require',
    {
      PGHOST: 'db.example',
      PGPORT: '5433',
      PGUSER: 'lab',
      PGPASSWORD: 'p@ss',
      PGDATABASE: 'qa',
      PGSSLMODE: 'require',
    },
  ],
  ['postgresql:///qa?host=/run/postgresql', { PGHOST: '/run/postgresql', PGDATABASE: 'qa' }],
])('gives the tools the connection of %s by their environment', (url, environment) => {
  expect(connectionOf(url)).toEqual(environment)
})

/** Major version of the installed tools; pg_dump refuses servers that are newer. */
function toolVersion(): number {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

function readVersion(db: Database) {
  return sql<{ major: number }>`select current_setting('server_version_num')::int / 10000 as major`.execute(
    db,
  )
}

it('explains what to do where the tools are missing or too old', async (test) => {
  const config = await makeTestDatabase('postgres', [createAudit])
  if (config.kind !== 'postgres') throw new Error('no address')
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-dump-'))
  const database = await openDatabase(config)
  try {
    const { rows } = await readVersion(database.db)
    if (toolVersion() >= (rows[0]?.major ?? 0)) return test.skip('pg_dump fits the server here')
    await expect(dumpPostgres(config.url, join(folder, 'dump'))).rejects.toMatchObject({
      refusal: {
        kind: 'upstream-failed',
        source: 'pg_dump',
        reason: expect.stringContaining('client package'),
      },
    })
  } finally {
    await database.close()
    await rm(folder, { recursive: true })
  }
})

it('brings a PostgreSQL database back', async (test) => {
  const [config, empty] = [
    await makeTestDatabase('postgres', [createAudit]),
    await makeTestDatabase('postgres', []),
  ]
  if (config.kind !== 'postgres' || empty.kind !== 'postgres') throw new Error('no address')
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-dump-'))
  const database = await openDatabase(config)
  const copy = await openDatabase(empty)
  try {
    const { rows } = await readVersion(database.db)
    const server = rows[0]?.major ?? 0
    if (toolVersion() < server) return test.skip(`pg_dump ${toolVersion()} cannot read PostgreSQL ${server}`)
    await recordAudit(makeContext(database), { action: 'test.note', record: 'test', recordId: 1 })
    const blobs = await openBlobStore({ kind: 'folder', folder: join(folder, 'data', 'files') })
    const source = { database, databaseUrl: config.url, blobs, dataFolder: join(folder, 'data') }
    const file = join(folder, 'backup.tar.gz')
    await writeBackup(source, file, { version: '1', now: new Date() }, () => undefined)
    const target = {
      dataFolder: join(folder, 'restored'),
      databaseUrl: empty.url,
      isDatabaseOccupied: false,
      blobs: undefined,
      migrations: new Set([createAudit.id]),
    }
    await restoreBackup(file, target, 'refuse', () => undefined)
    const history = await findHistory(makeContext(copy), 'test', 1, { limit: 9, offset: 0 })
    expect(history.map(({ action }) => action)).toEqual(['test.note'])
  } finally {
    await database.close()
    await copy.close()
    await rm(folder, { recursive: true })
  }
})
