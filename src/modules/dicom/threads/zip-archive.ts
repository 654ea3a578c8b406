import { crc32, inflateRawSync } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'
import type { ByteSource } from '../domain/byte-source.ts'

/** What a hostile archive may cost at most. */
export type ZipLimits = {
  readonly entries: number
  /** of all entries together, unpacked */
  readonly bytes: number
  readonly entryBytes: number
  /** unpacked bytes for each byte of the archive */
  readonly ratio: number
}

export const ZIP_LIMITS: ZipLimits = { entries: 5000, bytes: 2 ** 31, entryBytes: 2 ** 29, ratio: 200 }

export type ZipEntry = {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly checksum: number
  readonly packedBytes: number
  readonly bytes: number
  readonly headerAt: number
}

/** Small archives may unpack to this much whatever their ratio. */
const FREE_BYTES = 16 << 20

const END_BYTES = 22
const MOST_COMMENT = 0xffff
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30

/**
 * Reads the central directory of a ZIP archive (PKWARE APPNOTE 4.3.12); entries are only listed.
 *
 * @throws RefusedError `invalid-input` if there is none or the archive is larger than the limits
 */
export function listZipEntries(source: ByteSource, limits: ZipLimits = ZIP_LIMITS): readonly ZipEntry[] {
  const end = findEnd(source)
  const count = end.readUInt16LE(10)
  const size = end.readUInt32LE(12)
  const at = end.readUInt32LE(16)
  // 0xffff also marks the 64-bit form, which only larger archives need
  if (count > limits.entries || size > source.size) throw tooLarge()
  const directory = source.read(at, at + size)
  const entries: ZipEntry[] = []
  for (let place = 0; entries.length < count && place + CENTRAL_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(place) !== 0x02014b50) break
    const nameBytes = directory.readUInt16LE(place + 28)
    entries.push(readEntry(directory, place, nameBytes))
    place +=
      CENTRAL_BYTES + nameBytes + directory.readUInt16LE(place + 30) + directory.readUInt16LE(place + 32)
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > limits.bytes || total > Math.max(FREE_BYTES, source.size * limits.ratio)) throw tooLarge()
  return entries
}

function findEnd(source: ByteSource): Buffer {
  const from = Math.max(0, source.size - END_BYTES - MOST_COMMENT)
  const tail = source.read(from, source.size)
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (at < 0 || tail.length - at < END_BYTES) throw invalidInput('file', 'Invalid DICOM file')
  return tail.subarray(at)
}

function readEntry(directory: Buffer, at: number, nameBytes: number): ZipEntry {
  const flags = directory.readUInt16LE(at + 8)
  const name = directory.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)
  return {
    name: name.toString((flags & 0x800) === 0 ? 'latin1' : 'utf8'),
    method: directory.readUInt16LE(at + 10),
    encrypted: (flags & 1) !== 0,
    checksum: directory.readUInt32LE(at + 16),
    packedBytes: directory.readUInt32LE(at + 20),
    bytes: directory.readUInt32LE(at + 24),
    headerAt: directory.readUInt32LE(at + 42),
  }
}

/**
 * The content of an entry; undefined if it is damaged, encrypted or packed in a way that nobody uses.
 *
 * @throws RefusedError `invalid-input` if it is larger than it says
 */
export function unpackEntry(
  source: ByteSource,
  entry: ZipEntry,
  limits: ZipLimits = ZIP_LIMITS,
): Buffer | undefined {
  if (entry.encrypted) return undefined
  if (entry.bytes > limits.entryBytes) throw tooLarge()
  const start = entryPlace(source, entry)
  if (start === undefined) return undefined
  const packed = source.read(start, start + entry.packedBytes)
  const content = entry.method === 0 ? packed : entry.method === 8 ? inflate(packed, entry.bytes) : undefined
  return content?.length === entry.bytes && crc32(content) === entry.checksum ? content : undefined
}

/** Where the packed content of an entry begins; undefined where there is none. */
export function entryPlace(source: ByteSource, { headerAt }: ZipEntry): number | undefined {
  const header = source.read(headerAt, headerAt + LOCAL_BYTES)
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== 0x04034b50) return undefined
  return headerAt + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/** What the directory says is what was counted against the limits: more is never unpacked. */
function inflate(packed: Buffer, bytes: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    if (String(error.code).startsWith('Z_')) return undefined
    throw error
  }
}

function tooLarge(): Error {
  return invalidInput('file', 'Archive exceeds the allowed size.')
}
