import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { invalidInput } from '../../core/refusal.ts'
import { type ArchiveEntry, readTar, writeTar } from './tar-archive.ts'

/**
 * Writes a `.tar.gz` that only its owner may read: beside its place, made durable, checked, then moved there.
 *
 * @param check reads the finished archive again before it gets its name
 * @returns what the check gave
 */
export async function writeArchive<T>(
  file: string,
  entries: AsyncIterable<ArchiveEntry>,
  at: Date,
  check: (partial: string) => Promise<T>,
): Promise<T> {
  const partial = `${file}.partial`
  try {
    const target = await open(partial, 'w', 0o600)
    await pipeline(
      Readable.from(writeTar(entries, at)),
      createGzip({ level: 1 }),
      target.createWriteStream({ flush: true }),
    )
    const checked = await check(partial)
    await rename(partial, file)
    await syncFolder(dirname(file))
    return checked
  } finally {
    await rm(partial, { force: true })
  }
}

/** @throws RefusedError `invalid-input` for what is no `.tar.gz`, damaged or cut off */
export function readArchive(file: string): AsyncGenerator<ArchiveEntry> {
  return readTar(unpackedBytes(file))
}

/** Whoever reads a content gets the refusal too, not only whoever asks for the next entry. */
async function* unpackedBytes(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  try {
    yield* unpacked
  } catch (error) {
    if (isZlibError(error)) throw invalidInput('', 'The archive is damaged or was cut off.')
    throw error
  } finally {
    source.destroy()
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; there the file system journals the rename.
  if (process.platform === 'win32') return
  const handle: FileHandle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
