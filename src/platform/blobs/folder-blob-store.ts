import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import {
  type BlobEntry,
  type BlobStore,
  type ByteRange,
  isSha256,
  type PutLimits,
  requireSha256,
  type StoredBlob,
  shardedName,
} from './blob-store.ts'
import { probe } from './probe.ts'
import { isMissing, prepareSpool, removeIfPresent, spool, sweepSpool } from './spool.ts'

export type FolderBlobStoreConfig = { readonly kind: 'folder'; readonly folder: string }

const SPOOL = 'incoming'
const SHARD = /^[0-9a-f]{2}$/

/**
 * Contents as files of one local folder, `ab/cd/<sha256>`. A content is written beside them, fsynced, renamed and
 * made durable by an fsync of the folders, so that a crash at any moment leaves it whole or absent.
 */
export async function openFolderBlobStore(config: FolderBlobStoreConfig): Promise<BlobStore> {
  const root = config.folder
  const incoming = join(root, SPOOL)
  await prepareSpool(incoming)
  const pathOf = (sha256: string): string => join(root, shardedName(sha256))

  const store: BlobStore = {
    async put(source: Readable | Buffer, limits: PutLimits): Promise<StoredBlob> {
      const { path, sha256, size } = await spool(source, incoming, limits)
      try {
        await moveDurably(path, pathOf(sha256), root)
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      return { sha256, size }
    },

    async open(sha256: string, range?: ByteRange): Promise<Readable> {
      const file = await openBlob(pathOf, sha256)
      if (!range) return file.createReadStream()
      const { size } = await file.stat()
      if (range.start >= size) {
        await file.close()
        throw invalidInput('range', `The content has ${size} bytes only.`)
      }
      return createReadStream('', { fd: file, start: range.start, end: range.end ?? size - 1 })
    },

    async read(sha256: string, maxBytes: number): Promise<Buffer> {
      const file = await openBlob(pathOf, sha256)
      try {
        const { size } = await file.stat()
        if (size > maxBytes) throw invalidInput('file', `This content has more than ${maxBytes} bytes.`)
        return await file.readFile()
      } finally {
        await file.close()
      }
    },

    async exists(sha256: string): Promise<boolean> {
      requireSha256(sha256)
      return (await modifiedAt(pathOf(sha256))) !== undefined
    },

    async delete(sha256: string, guard?: { readonly unlessPutSince: Date }): Promise<boolean> {
      requireSha256(sha256)
      const path = pathOf(sha256)
      const changed = await modifiedAt(path)
      if (!changed || (guard && changed >= guard.unlessPutSince)) return false
      return removeIfPresent(path)
    },

    localPath(sha256: string): string {
      requireSha256(sha256)
      return pathOf(sha256)
    },

    list: () => listFolder(root),
    sweepUnfinished: (before: Date) => sweepSpool(incoming, before),
    check: () => probe(store),
    close: async () => undefined,
  }
  return store
}

async function openBlob(pathOf: (sha256: string) => string, sha256: string): Promise<FileHandle> {
  requireSha256(sha256)
  try {
    return await open(pathOf(sha256), 'r')
  } catch (error) {
    if (isMissing(error)) throw new RefusedError({ kind: 'not-found', what: 'file content', id: sha256 })
    throw error
  }
}

/** Renames even over an existing copy: that renews its time and so protects it from a sweep under way. */
async function moveDurably(from: string, to: string, root: string): Promise<void> {
  const shard = dirname(to)
  const firstMade = await mkdir(shard, { recursive: true })
  await rename(from, to)
  await syncFolder(shard)
  if (firstMade) {
    await syncFolder(dirname(shard))
    await syncFolder(root)
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return // folders can't be opened there; NTFS journals the rename
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function modifiedAt(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function* listFolder(root: string): AsyncGenerator<BlobEntry> {
  for (const first of await shardsIn(root)) {
    for (const second of await shardsIn(join(root, first))) {
      yield* listShard(join(root, first, second))
    }
  }
}

async function shardsIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => SHARD.test(name))
}

async function* listShard(folder: string): AsyncGenerator<BlobEntry> {
  for (const name of await readdir(folder)) {
    const entry = isSha256(name) ? await statEntry(join(folder, name), name) : undefined
    if (entry) yield entry
  }
}

async function statEntry(path: string, sha256: string): Promise<BlobEntry | undefined> {
  try {
    const { size, mtime } = await stat(path)
    return { sha256, size, modifiedAt: mtime }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
