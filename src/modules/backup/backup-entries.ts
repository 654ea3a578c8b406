import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedError } from '../../core/refusal.ts'
import type { BlobStore, StoredBlob } from '../../platform/blobs/blob-store.ts'
import type { OnProgress } from './backup-source.ts'
import {
  DATABASE_ENTRY,
  END_MARK,
  type EndMark,
  fileEntry,
  INSTANCE_KEY,
  MANIFEST,
  type Manifest,
  SETTINGS_FILE,
} from './domain/manifest.ts'
import type { ArchiveEntry } from './tar-archive.ts'

/** What a backup is made of. */
export type BackupParts = {
  readonly manifest: Manifest
  /** path of the copy of the database */
  readonly database: string
  /** small files of the data folder, by name */
  readonly kept: ReadonlyMap<string, Buffer>
  readonly blobs: BlobStore
  readonly files: readonly StoredBlob[]
}

/** The entries of a backup in their order; contents are opened when it is their turn. */
export async function* backupEntries(
  { manifest, database, kept, blobs, files }: BackupParts,
  onProgress: OnProgress,
): AsyncGenerator<ArchiveEntry> {
  yield inMemory(MANIFEST, json(manifest))
  yield {
    name: DATABASE_ENTRY[manifest.database.kind],
    size: manifest.database.bytes,
    content: createReadStream(database),
  }
  for (const [name, content] of kept) yield inMemory(name, content)
  let written = 0
  let fileBytes = 0
  for (const [index, { sha256, size }] of files.entries()) {
    onProgress({ what: 'Copying files', done: index, total: files.length })
    const content = await openUnlessRemoved(blobs, sha256)
    if (!content) continue
    yield { name: fileEntry(sha256), size, content }
    written += 1
    fileBytes += size
  }
  const end: EndMark = { files: written, fileBytes }
  yield inMemory(END_MARK, json(end))
}

/** What the sweep of orphans removes meanwhile, no row names. */
async function openUnlessRemoved(
  blobs: BlobStore,
  sha256: string,
): Promise<AsyncIterable<Buffer> | undefined> {
  try {
    return await blobs.open(sha256)
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'not-found') return undefined
    throw error
  }
}

export async function listFiles(blobs: BlobStore): Promise<readonly StoredBlob[]> {
  const found: StoredBlob[] = []
  for await (const { sha256, size } of blobs.list()) found.push({ sha256, size })
  return found
}

/** The files of a data folder that a backup takes besides the database, as far as they are there. */
export async function readKept(dataFolder: string): Promise<ReadonlyMap<string, Buffer>> {
  const kept = new Map<string, Buffer>()
  for (const name of [INSTANCE_KEY, SETTINGS_FILE]) {
    try {
      kept.set(name, await readFile(join(dataFolder, name)))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return kept
}

/** Length and hash of a file. */
export async function describeFile(
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { size: bytes } = await stat(path)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { bytes, sha256: hash.digest('hex') }
}

function inMemory(name: string, bytes: Buffer): ArchiveEntry {
  return { name, size: bytes.length, content: once(bytes) }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
