import { constants, createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { BlobStore } from '../../platform/blobs/blob-store.ts'
import type { OnProgress } from './backup-source.ts'
import { checkSqliteFile, requireUnusedSqlite } from './check-sqlite-file.ts'
import { DATABASE_ENTRY, fileEntry, hashOfFileEntry } from './domain/manifest.ts'
import { restorePostgres } from './postgres-tools.ts'
import { type VerifiedBackup, verifyBackup } from './verify-backup.ts'

/** Where a backup is put: what the settings of the site say. */
export type RestoreTarget = {
  readonly dataFolder: string
  /** `postgres://…`; empty on SQLite */
  readonly databaseUrl: string
  /** whether that database holds anything; false on SQLite */
  readonly isDatabaseOccupied: boolean
  /** where files go that do not stand in the data folder */
  readonly blobs: BlobStore | undefined
  /** ids of the migrations that this version knows */
  readonly migrations: ReadonlySet<string>
}

export type RestoredBackup = VerifiedBackup & {
  /** folder into which what stood in the data folder was moved */
  readonly earlier: string | undefined
}

/**
 * Puts a backup in the place of a site's data. Everything is unpacked into the data folder's own file system and
 * checked first; then what stands there moves into a folder beside the new data. The server must not be running.
 *
 * @param existing `replace` moves earlier data aside and keeps it; a PostgreSQL database is replaced
 * @throws RefusedError `conflict` for data that is in use, or that is there unless it may be replaced;
 *   `invalid-input` for a backup that is damaged, of a newer version or of the other kind of database. Nothing has
 *   changed then.
 */
export async function restoreBackup(
  file: string,
  target: RestoreTarget,
  existing: 'refuse' | 'replace',
  onProgress: OnProgress,
): Promise<RestoredBackup> {
  const folder = resolve(target.dataFolder)
  await access(file, constants.R_OK)
  await requireReplaceable(folder, target, existing)
  await mkdir(folder, { recursive: true })
  const staging = await mkdtemp(join(folder, STAGING))
  try {
    const verified = await unpack(file, staging, onProgress)
    await restoreDatabase(verified, staging, target)
    if (target.blobs) await uploadFiles(staging, target.blobs)
    const earlier = await swap(folder, staging)
    return { ...verified, earlier }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

const STAGING = '.restore-'
const EARLIER = 'before-restore-'
const MOST_BYTES_OF_A_FILE = 2 ** 40

async function requireReplaceable(
  folder: string,
  { isDatabaseOccupied }: RestoreTarget,
  existing: 'refuse' | 'replace',
): Promise<void> {
  const names = await namesIn(folder)
  if (existing === 'refuse') {
    const occupied = names.length > 0 ? folder : isDatabaseOccupied ? 'the database' : undefined
    if (occupied === undefined) return
    const remedy =
      'With --force earlier files are moved aside and kept, and a PostgreSQL database is replaced.'
    throw new RefusedError({ kind: 'conflict', reason: `There are data in ${occupied} already. ${remedy}` })
  }
  if (names.includes(DATABASE_ENTRY.sqlite)) requireUnusedSqlite(join(folder, DATABASE_ENTRY.sqlite))
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function unpack(file: string, staging: string, onProgress: OnProgress): Promise<VerifiedBackup> {
  return verifyBackup(file, onProgress, async ({ name, content }) => {
    // verified names only: none of them leads out of the folder
    const path = join(staging, name)
    await mkdir(dirname(path), { recursive: true })
    await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flush: true }))
  })
}

async function restoreDatabase(
  { manifest }: VerifiedBackup,
  staging: string,
  { databaseUrl, migrations }: RestoreTarget,
): Promise<void> {
  const { kind } = manifest.database
  const wanted = databaseUrl === '' ? 'sqlite' : 'postgres'
  if (kind !== wanted) {
    const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
    throw invalidInput('', `This is a backup of ${names[kind]}, and the settings say ${names[wanted]}.`)
  }
  const path = join(staging, DATABASE_ENTRY[kind])
  if (kind === 'sqlite') {
    checkSqliteFile(path, migrations)
    return
  }
  await restorePostgres(databaseUrl, path)
  await rm(path)
}

async function uploadFiles(staging: string, blobs: BlobStore): Promise<void> {
  for (const name of await readdir(join(staging, 'files'), { recursive: true })) {
    const hash = hashOfFileEntry(`files/${name}`)
    if (hash === undefined) continue
    const path = join(staging, fileEntry(hash))
    await blobs.put(createReadStream(path), { maxBytes: MOST_BYTES_OF_A_FILE })
  }
  await rm(join(staging, 'files'), { recursive: true })
}

/** By moving what stands in the folder, which may itself be a mount that nobody can move. */
async function swap(folder: string, staging: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter(
    (name) => !name.startsWith(STAGING) && !name.startsWith(EARLIER),
  )
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const earlier = join(folder, `${EARLIER}${stamp}`)
  if (names.length > 0) await mkdir(earlier, { mode: 0o700 })
  for (const name of names) await rename(join(folder, name), join(earlier, name))
  for (const name of await readdir(staging)) await rename(join(staging, name), join(folder, name))
  return names.length > 0 ? earlier : undefined
}
