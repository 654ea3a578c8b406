import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

/** A file of the archive; its content may arrive in pieces. */
export type ZipPart = { readonly name: string; readonly content: string | AsyncIterable<string> }

type Entry = {
  readonly name: Buffer
  readonly offset: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
}

/** Sizes stand in 32 bits; nothing written here comes near. */
const MAX_SIZE = 0xffff_ffff

/**
 * Writes a ZIP archive while its contents arrive; never holds more than one piece. The same content gives the same
 * bytes: times are those of the format's epoch.
 *
 * @throws RangeError beyond 4 GiB
 * @see APPNOTE.TXT 6.3.10, 4.3
 */
export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const entries: Entry[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const written = yield* typeof content === 'string'
      ? writeWhole(name, content)
      : writePieces(name, content)
    entries.push({ ...written, offset })
    offset += written.length
    if (offset > MAX_SIZE) throw new RangeError('The archive is larger than 4 GiB.')
  }
  yield centralDirectory(entries, offset)
}

type Content = Omit<Entry, 'offset'>
/** `length`: bytes in the archive, header and descriptor included. */
type Written = Content & { readonly length: number }

async function* writeWhole(name: string, content: string): AsyncGenerator<Buffer, Written> {
  const bytes = Buffer.from(content)
  const packed = deflateRawSync(bytes)
  const written = {
    name: Buffer.from(name),
    crc: crc32(bytes),
    packedSize: packed.length,
    size: bytes.length,
  }
  const header = localHeader(written, FLAG_UTF8)
  yield Buffer.concat([header, packed])
  return { ...written, length: header.length + packed.length }
}

/** Sizes and checksum follow the content, since they are known only then. */
async function* writePieces(name: string, pieces: AsyncIterable<string>): AsyncGenerator<Buffer, Written> {
  const nameBytes = Buffer.from(name)
  const header = localHeader({ name: nameBytes, crc: 0, packedSize: 0, size: 0 }, FLAG_UTF8 | FLAG_DESCRIPTOR)
  yield header
  const counts = { crc: 0, size: 0 }
  const deflate = createDeflateRaw()
  const feeding = feed(pieces, deflate, counts)
  let packedSize = 0
  for await (const packed of deflate) {
    packedSize += packed.length
    yield packed
  }
  await feeding
  const written = { name: nameBytes, packedSize, ...counts }
  if (written.size > MAX_SIZE) throw new RangeError('A part of the archive is larger than 4 GiB.')
  const end = descriptor(written)
  yield end
  return { ...written, length: header.length + packedSize + end.length }
}

async function feed(
  pieces: AsyncIterable<string>,
  deflate: ReturnType<typeof createDeflateRaw>,
  counts: { crc: number; size: number },
): Promise<void> {
  try {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece)
      counts.crc = crc32(bytes, counts.crc)
      counts.size += bytes.length
      if (deflate.destroyed) return
      if (!deflate.write(bytes)) await drained(deflate)
    }
    deflate.end()
  } catch (error) {
    deflate.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

/** Also settles when the reader goes away, so that nothing waits for ever. */
function drained(deflate: ReturnType<typeof createDeflateRaw>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const settle = (): void => {
    deflate.off('drain', settle).off('close', settle)
    resolve()
  }
  deflate.on('drain', settle).on('close', settle)
  return promise
}

const FLAG_DESCRIPTOR = 0x0008
const FLAG_UTF8 = 0x0800
const VERSION = 20
const DEFLATED = 8
/** 1980-01-01, the first day the format knows. */
const EPOCH_DATE = 0x0021

function localHeader({ name, crc, packedSize, size }: Content, flags: number): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(EPOCH_DATE, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(packedSize, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor({ crc, packedSize, size }: Content): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(packedSize, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function centralDirectory(entries: readonly Entry[], offset: number): Buffer {
  const directory = Buffer.concat(entries.map(directoryEntry))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([directory, end])
}

function directoryEntry({ name, crc, packedSize, size, offset }: Entry): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(VERSION, 4)
  entry.writeUInt16LE(VERSION, 6)
  entry.writeUInt16LE(FLAG_UTF8, 8)
  entry.writeUInt16LE(DEFLATED, 10)
  entry.writeUInt16LE(EPOCH_DATE, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(packedSize, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(offset, 42)
  return Buffer.concat([entry, name])
}
