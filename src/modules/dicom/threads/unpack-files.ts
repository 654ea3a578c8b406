import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'
import { openFileSource } from '../codecs/file-source.ts'
import { entryPlace, listZipEntries, ZIP_LIMITS, type ZipEntry } from './zip-archive.ts'

/** A file of an archive: unpacked, or why it is not. */
export type UnpackedFile =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly problem: string }

/**
 * Unpacks the files of a ZIP archive one after the other into a folder, under names of our own; each is a line of JSON.
 * What the caller has taken is its own to remove. Memory does not grow with the size of an entry.
 *
 * @throws RefusedError `invalid-input` if it is no archive, or larger than the limits
 */
export async function* unpackFiles({
  path,
  folder,
}: {
  readonly path: string
  readonly folder: string
}): AsyncGenerator<Buffer> {
  const source = openFileSource(path)
  try {
    for (const [index, entry] of listZipEntries(source).entries()) {
      if (!isFile(entry)) continue
      const place = entryPlace(source, entry)
      const target = join(folder, `entry-${index}`)
      const problem =
        place === undefined ? 'The entry is damaged.' : await unpack(path, { entry, place, target })
      const unpacked: UnpackedFile =
        problem === undefined ? { name: entry.name, path: target } : { name: entry.name, problem }
      yield Buffer.from(`${JSON.stringify(unpacked)}\n`)
    }
  } finally {
    source.close()
  }
}

/** Folders, and what other systems leave behind, are no files of anybody. */
function isFile({ name, bytes }: ZipEntry): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1)
  return bytes > 0 && last !== '' && !last.startsWith('.') && !name.startsWith('__MACOSX/')
}

type Unpacking = { readonly entry: ZipEntry; readonly place: number; readonly target: string }

async function unpack(path: string, { entry, place, target }: Unpacking): Promise<string | undefined> {
  if (entry.encrypted) return 'The entry is encrypted.'
  if (entry.method !== 0 && entry.method !== 8) return 'The entry is packed in an unknown way.'
  if (entry.bytes > ZIP_LIMITS.entryBytes) return 'The entry is too large.'
  const packed = createReadStream(path, { start: place, end: Math.max(place, place + entry.packedBytes - 1) })
  const check = checkContent(entry)
  const file = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  try {
    if (entry.method === 0) await pipeline(packed, check, file)
    else await pipeline(packed, createInflateRaw(), check, file)
  } catch (error) {
    await rm(target, { force: true })
    if (isDamage(error)) return 'The entry is damaged.'
    throw error
  }
  return (await isArchive(target)) ? removed(target) : undefined
}

/** An archive within an archive is not looked into. */
async function isArchive(target: string): Promise<boolean> {
  const file = await open(target, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.toString('latin1') === 'PK\x03\x04'
  } finally {
    await file.close()
  }
}

async function removed(target: string): Promise<string> {
  await rm(target, { force: true })
  return 'An archive within an archive is not read.'
}

/** What the directory says was counted against the limits: more is never written, and less or other is damage. */
function checkContent({ bytes, checksum }: ZipEntry): Transform {
  let count = 0
  let sum = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length
      sum = crc32(chunk, sum)
      if (count > bytes) done(DAMAGED)
      else done(null, chunk)
    },
    flush(done) {
      done(count === bytes && sum === checksum ? null : DAMAGED)
    },
  })
}

const DAMAGED = invalidInput('file', 'The entry is damaged.')

function isDamage(error: unknown): boolean {
  if (error === DAMAGED) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
