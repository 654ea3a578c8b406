import { inflateRawSync } from 'node:zlib'
import { invalidInput } from '../../core/refusal.ts'

export type ZipLimits = { readonly maxEntries: number; readonly maxInflatedBytes: number }

/**
 * Unpacks every entry of an archive into nothing, to know that a library may unpack it: the sizes that an archive
 * claims prove nothing. Blocks its thread: for workers only.
 *
 * @throws RefusedError `invalid-input` for too many entries, too much content, encryption, damage
 * @see APPNOTE.TXT 6.3.10, 4.3
 */
export function checkZip(archive: Buffer, limits: ZipLimits): void {
  let left = limits.maxInflatedBytes
  let count = 0
  for (const entry of directoryOf(archive)) {
    count += 1
    if (count > limits.maxEntries) throw refused('It has too many parts.')
    left -= inflatedSize(archive, entry, left)
  }
}

type DirectoryEntry = { readonly method: number; readonly packedSize: number; readonly localAt: number }

const LONGEST_COMMENT = 65_535

function* directoryOf(archive: Buffer): Generator<DirectoryEntry> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end < archive.length - 22 - LONGEST_COMMENT || end + 22 > archive.length) throw damaged()
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== 0x02014b50) throw damaged()
    if ((archive.readUInt16LE(at + 8) & 1) !== 0) throw refused('It is encrypted.')
    yield {
      method: archive.readUInt16LE(at + 10),
      packedSize: archive.readUInt32LE(at + 20),
      localAt: archive.readUInt32LE(at + 42),
    }
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
}

function inflatedSize(archive: Buffer, entry: DirectoryEntry, left: number): number {
  const { localAt, packedSize, method } = entry
  if (localAt + 30 > archive.length || archive.readUInt32LE(localAt) !== 0x04034b50) throw damaged()
  const from = localAt + 30 + archive.readUInt16LE(localAt + 26) + archive.readUInt16LE(localAt + 28)
  if (from + packedSize > archive.length) throw damaged()
  if (method === 0 && packedSize <= left) return packedSize
  if (method !== 0 && method !== 8) throw refused('It is packed in a way that is not used for workbooks.')
  return method === 0 ? tooMuch() : inflate(archive.subarray(from, from + packedSize), left)
}

function inflate(packed: Buffer, left: number): number {
  if (packed.length === 0) return 0
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooMuch()
    if (typeof code === 'string') throw damaged()
    throw error
  }
}

function tooMuch(): never {
  throw refused('It unpacks to more than is allowed.')
}

function damaged(): Error {
  return refused('It is damaged.')
}

function refused(reason: string): Error {
  return invalidInput('file', `This workbook cannot be read. ${reason}`)
}
