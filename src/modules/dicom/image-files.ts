import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '../../platform/blobs/blob-store.ts'
import { openCodecPool } from './codecs/codec-pool.ts'
import { type FileThreads, openFileThreads } from './threads/file-threads.ts'

/** The threads and folders that work on stored images needs. */
export type ImageFiles = {
  readonly threads: FileThreads
  /** threads for archives alone: what is unpacked waits while its files are worked on by the others */
  readonly archives: FileThreads
  /** bytes that one file may have */
  readonly largestUpload: number
  /** Runs with a folder of its own, which is gone afterwards. */
  readonly withFolder: <T>(work: (folder: string) => Promise<T>) => Promise<T>
  /** A folder of its own; whoever asks removes it. */
  readonly makeFolder: () => Promise<string>
  readonly close: () => Promise<void>
}

export type ImageFilesConfig = { readonly folder: string; readonly largestUpload: number }

/** Its threads start with the first file. */
export function openImageFiles({ folder, largestUpload }: ImageFilesConfig): ImageFiles {
  const pool = openCodecPool()
  const threads = openFileThreads(pool)
  const archives = openFileThreads(pool)
  const makeFolder = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return mkdtemp(join(folder, PREFIX))
  }
  return {
    threads,
    archives,
    largestUpload,
    makeFolder,
    async withFolder(work) {
      const own = await makeFolder()
      try {
        return await work(own)
      } finally {
        await rm(own, { recursive: true, force: true })
      }
    },
    async close() {
      await Promise.all([threads.close(), archives.close()])
      await pool.close()
    },
  }
}

const PREFIX = 'work-'

/** Runs with the file of a stored content, which must not be changed; an object store's is fetched for the time. */
export async function withStoredFile<T>(
  blobs: BlobStore,
  files: ImageFiles,
  sha256: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = blobs.localPath?.(sha256)
  if (path !== undefined) return work(path)
  return files.withFolder(async (folder) => {
    const copy = join(folder, 'content')
    await pipeline(await blobs.open(sha256), createWriteStream(copy, { flags: 'wx', mode: 0o600 }))
    return work(copy)
  })
}

/** Folders that a killed server left behind go once nobody can work in them any more. @returns how many */
export async function sweepWorkFolders(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    if (!name.startsWith(PREFIX) || (await stat(path)).mtime >= before) continue
    await rm(path, { recursive: true, force: true })
    removed += 1
  }
  return removed
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** All parts of an answer together; for answers that are small. */
export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const collected: Uint8Array[] = []
  for await (const part of parts) collected.push(part)
  return Buffer.concat(collected)
}
