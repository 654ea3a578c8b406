import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { openBlobStore } from '../../platform/blobs/open-blob-store.ts'
import { loadInstanceSecret } from '../../platform/crypto/instance-secret.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { findHistory } from '../audit/find-history.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { createJobs } from '../jobs/store/migrations/0001-create.ts'
import { writeArchive } from './archive-file.ts'
import { backupBeforeMigration } from './backup-before-migration.ts'
import type { BackupSource } from './backup-source.ts'
import { type RestoreTarget, restoreBackup } from './restore-backup.ts'
import type { ArchiveEntry } from './tar-archive.ts'
import { verifyBackup } from './verify-backup.ts'
import { writeBackup } from './write-backup.ts'

const ABOUT = { version: '1.2.3', now: new Date('2026-11-21T07:42:00Z') }
const QUIET = () => undefined
const CONTENT = Buffer.from('a picture of the light field')

let folder: string
let source: BackupSource
let opened: DatabaseHandle[]

/** A data folder with one audit entry, one file, a key and settings. */
async function openData(data: string): Promise<BackupSource> {
  const database = await openDatabase({ kind: 'sqlite', file: join(data, 'touchstone.db'), readers: 1 })
  opened.push(database)
  await migrate(database, [createAudit])
  const blobs = await openBlobStore({ kind: 'folder', folder: join(data, 'files') })
  return { database, databaseUrl: '', blobs, dataFolder: data }
}

beforeEach(async () => {
  opened = []
  folder = await mkdtemp(join(tmpdir(), 'touchstone-backup-'))
  source = await openData(join(folder, 'data'))
  await recordAudit(makeContext(source.database), { action: 'test.note', record: 'test', recordId: 1 })
  await source.blobs.put(CONTENT, { maxBytes: 1000 })
  await source.blobs.put(Buffer.alloc(0), { maxBytes: 1000 })
  await loadInstanceSecret(source.dataFolder)
  await writeFile(join(source.dataFolder, 'touchstone.json'), '{"TOUCHSTONE_SITE_NAME":"Lab"}')
})

afterEach(async () => {
  for (const handle of opened) await handle.close()
  await rm(folder, { recursive: true })
})

function targetAt(dataFolder: string, parts: Partial<RestoreTarget> = {}): RestoreTarget {
  const migrations = new Set([createAudit.id])
  return { dataFolder, databaseUrl: '', isDatabaseOccupied: false, blobs: undefined, migrations, ...parts }
}

describe('a backup', () => {
  it('brings everything back in another folder', async () => {
    const file = join(folder, 'backup.tar.gz')
    const written = await writeBackup(source, file, ABOUT, QUIET)
    expect(written).toMatchObject({ files: 2, fileBytes: CONTENT.length, hasInstanceKey: true })
    expect(await readdir(folder)).toEqual(['backup.tar.gz', 'data'])

    const data = join(folder, 'elsewhere', 'data')
    const restored = await restoreBackup(file, targetAt(data), 'refuse', QUIET)
    expect(restored).toMatchObject({
      manifest: { version: '1.2.3', database: { kind: 'sqlite' } },
      earlier: undefined,
    })
    expect((await readdir(data)).sort()).toEqual([
      'files',
      'instance.key',
      'touchstone.db',
      'touchstone.json',
    ])
    for (const name of ['instance.key', 'touchstone.json'])
      expect(await readFile(join(data, name))).toEqual(await readFile(join(source.dataFolder, name)))
    const copy = await openData(data)
    const history = await findHistory(makeContext(copy.database), 'test', 1, { limit: 9, offset: 0 })
    expect(history.map(({ action }) => action)).toEqual(['test.note'])
    const { sha256 } = await source.blobs.put(CONTENT, { maxBytes: 1000 })
    expect(await copy.blobs.read(sha256, 1000)).toEqual(CONTENT)
  })

  it('is written while others write, and holds a consistent state', async () => {
    const file = join(folder, 'backup.tar.gz')
    const ctx = makeContext(source.database)
    const writing = (async () => {
      for (let n = 2; n < 60; n += 1)
        await recordAudit(ctx, { action: 'test.note', record: 'test', recordId: n })
    })()
    await writeBackup(source, file, ABOUT, QUIET)
    await writing
    const data = join(folder, 'copy')
    await restoreBackup(file, targetAt(data), 'refuse', QUIET)
    expect(
      (await findHistory(makeContext((await openData(data)).database), 'test', 1, { limit: 9, offset: 0 }))
        .length,
    ).toBe(1)
  })

  it('does not replace a file', async () => {
    const file = join(folder, 'backup.tar.gz')
    await writeFile(file, 'mine')
    await expect(writeBackup(source, file, ABOUT, QUIET)).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    expect(await readFile(file, 'utf8')).toBe('mine')
  })
})

describe('restoring', () => {
  it('refuses a folder with data, and with force moves it aside', async () => {
    const file = join(folder, 'backup.tar.gz')
    await writeBackup(source, file, ABOUT, QUIET)
    const data = join(folder, 'other')
    const other = await openData(data)
    await writeFile(join(data, 'note.txt'), 'mine')
    await expect(restoreBackup(file, targetAt(data), 'refuse', QUIET)).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    await expect(restoreBackup(file, targetAt(data), 'replace', QUIET)).rejects.toThrow('is in use')
    await other.database.close()
    const { earlier = '' } = await restoreBackup(file, targetAt(data), 'replace', QUIET)
    expect(await readFile(join(earlier, 'note.txt'), 'utf8')).toBe('mine')
    expect((await readdir(data)).filter((name) => !name.startsWith('before-restore-')).sort()).toEqual([
      'files',
      'instance.key',
      'touchstone.db',
      'touchstone.json',
    ])
  })

  it('refuses a backup of the other kind of database, or of a newer version', async () => {
    const file = join(folder, 'backup.tar.gz')
    await writeBackup(source, file, ABOUT, QUIET)
    const data = join(folder, 'new')
    const refused = { refusal: { kind: 'invalid-input' } }
    const postgres = targetAt(data, { databaseUrl: 'postgres://localhost/x' })
    await expect(restoreBackup(file, postgres, 'refuse', QUIET)).rejects.toMatchObject(refused)
    const older = targetAt(data, { migrations: new Set() })
    await expect(restoreBackup(file, older, 'refuse', QUIET)).rejects.toMatchObject(refused)
    const occupied = targetAt(data, { isDatabaseOccupied: true })
    await expect(restoreBackup(file, occupied, 'refuse', QUIET)).rejects.toThrow('the database')
    expect(await readdir(data)).toEqual([])
  })

  it('notices every damaged byte, and changes nothing', async () => {
    const file = join(folder, 'backup.tar.gz')
    await writeBackup(source, file, ABOUT, QUIET)
    const bytes = await readFile(file)
    const damaged = join(folder, 'damaged.tar.gz')
    const data = join(folder, 'untouched')
    for (let at = 20; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 0xff
      await writeFile(damaged, copy)
      await expect(restoreBackup(damaged, targetAt(data), 'refuse', QUIET)).rejects.toMatchObject({
        refusal: { kind: 'invalid-input' },
      })
    }
    await writeFile(damaged, bytes.subarray(0, bytes.length - 300))
    await expect(restoreBackup(damaged, targetAt(data), 'refuse', QUIET)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
    expect(await readdir(data)).toEqual([])
  })

  const MANIFEST = JSON.stringify({
    format: 'touchstone-backup',
    formatVersion: 1,
    version: '1',
    createdAt: '',
    database: { kind: 'sqlite', bytes: 3, sha256: 'x' },
    files: 0,
    hasInstanceKey: false,
  })

  it.each([
    ['no manifest', [['touchstone.db', 'abc']], 'This is not a backup'],
    ['a manifest that is no JSON', [['manifest.json', '{']], 'This is not a backup'],
    ['a foreign manifest', [['manifest.json', '{"format":"zip"}']], 'This is not a backup'],
    [
      'a newer format',
      [['manifest.json', '{"format":"touchstone-backup","formatVersion":2}']],
      'newer version of Touchstone',
    ],
    ['no end', [['manifest.json', MANIFEST]], 'not complete'],
    [
      'a way out of the folder',
      [
        ['manifest.json', MANIFEST],
        ['../../etc/passwd', 'x'],
      ],
      'does not belong there',
    ],
    [
      'a file under a wrong hash',
      [
        ['manifest.json', MANIFEST],
        [`files/ab/ab/${'ab'.repeat(32)}`, 'x'],
      ],
      'its hash is another one',
    ],
    [
      'an entry twice',
      [
        ['manifest.json', MANIFEST],
        ['manifest.json', MANIFEST],
      ],
      'twice',
    ],
    [
      'no database',
      [
        ['manifest.json', MANIFEST],
        ['end.json', '{"files":0,"fileBytes":0}'],
      ],
      'The database is missing',
    ],
  ])('refuses an archive with %s', async (_what, files, reason) => {
    async function* entries(): AsyncGenerator<ArchiveEntry> {
      for (const [name = '', text = ''] of files) {
        const content = Buffer.from(text)
        yield { name, size: content.length, content: one(content) }
      }
    }
    async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
      yield bytes
    }
    const file = join(folder, 'made.tar.gz')
    await writeArchive(file, entries(), ABOUT.now, async () => undefined)
    await expect(verifyBackup(file, QUIET)).rejects.toThrow(reason)
  })

  it('refuses what is no archive at all', async () => {
    const file = join(folder, 'text.tar.gz')
    await writeFile(file, 'just some text')
    await expect(verifyBackup(file, QUIET)).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
    await expect(verifyBackup(join(folder, 'absent'), QUIET)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a backup before a migration', () => {
  it('is made of a database that was used, when there is something to do, and five are kept', async () => {
    const copies = join(folder, 'backups')
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 7, minute))
    const attempt = (known: Parameters<typeof migrate>[1], minute: number) =>
      backupBeforeMigration(source.database, known, copies, at(minute))
    expect(await attempt([createAudit], 0)).toBeUndefined()
    expect(await attempt([createJobs, createAudit], 0)).toBe(
      join(copies, 'before-migration-2026-11-21T07-00-00.db'),
    )
    for (let minute = 1; minute < 8; minute += 1) await attempt([createAudit, createJobs], minute)
    expect((await readdir(copies)).sort()).toEqual(
      [3, 4, 5, 6, 7].map((minute) => `before-migration-2026-11-21T07-0${minute}-00.db`),
    )
    const fresh = await openDatabase({ kind: 'sqlite', file: join(folder, 'fresh.db'), readers: 1 })
    opened.push(fresh)
    expect(await backupBeforeMigration(fresh, [createAudit], copies, at(9))).toBeUndefined()
  })
})
