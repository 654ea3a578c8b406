import { mkdtemp, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { RefusedError } from '../../core/refusal.ts'
import { writeArchive } from './archive-file.ts'
import { backupEntries, describeFile, listFiles, readKept } from './backup-entries.ts'
import type { BackupSource, OnProgress } from './backup-source.ts'
import { type EndMark, INSTANCE_KEY, type Manifest } from './domain/manifest.ts'
import { dumpPostgres } from './postgres-tools.ts'
import { verifyBackup } from './verify-backup.ts'

export type WrittenBackup = EndMark & {
  readonly file: string
  /** of the archive */
  readonly bytes: number
  readonly databaseBytes: number
  readonly hasInstanceKey: boolean
}

/**
 * Writes database, files, instance key and settings into one `.tar.gz`, while the server works, and reads all of it
 * again before it gets its name. The database comes first: files are stored before the rows that name them, so every
 * file that the copied database names is there.
 *
 * @throws RefusedError `conflict` where the file exists; `upstream-failed` for what PostgreSQL's tools say
 */
export async function writeBackup(
  source: BackupSource,
  file: string,
  about: { readonly version: string; readonly now: Date },
  onProgress: OnProgress,
): Promise<WrittenBackup> {
  if (await exists(file)) throw new RefusedError({ kind: 'conflict', reason: `${file} exists already.` })
  const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`))
  try {
    const copy = join(folder, 'database')
    onProgress({ what: 'Copying the database', done: 0, total: 1 })
    await copyDatabase(source, copy)
    const database = await describeFile(copy)
    const files = await listFiles(source.blobs)
    const kept = await readKept(source.dataFolder)
    const manifest: Manifest = {
      format: 'touchstone-backup',
      formatVersion: 1,
      version: about.version,
      createdAt: about.now.toISOString(),
      database: { kind: source.database.kind, ...database },
      files: files.length,
      hasInstanceKey: kept.has(INSTANCE_KEY),
    }
    const entries = backupEntries({ manifest, database: copy, kept, blobs: source.blobs, files }, onProgress)
    const { end } = await writeArchive(file, entries, about.now, (partial) =>
      verifyBackup(partial, onProgress),
    )
    const { size: bytes } = await stat(file)
    const { hasInstanceKey } = manifest
    return { file, bytes, databaseBytes: database.bytes, hasInstanceKey, ...end }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function copyDatabase({ database, databaseUrl }: BackupSource, target: string): Promise<void> {
  if (database.backupTo) await database.backupTo(target)
  else await dumpPostgres(databaseUrl, target)
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
