import { inflateSync } from 'node:zlib'
import { invalidInput } from '../../core/refusal.ts'
import type { PictureBytes } from './pdf-document.ts'

const MAX_PIXELS = 40_000_000
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Samples per pixel by colour type (PNG 11.2.2). */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/**
 * A picture as the PDF library takes it, after a check that it is what it claims to be: the library unpacks without
 * limits and fails outside of our reach.
 *
 * @throws RefusedError `invalid-input` unless it is a sound PNG or a JPEG of at most 40 megapixels
 */
export function pictureDataUrl(bytes: PictureBytes): string {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.subarray(0, 8).equals(PNG_START)) {
    requireSoundPng(data)
    return `data:image/png;base64,${data.toString('base64')}`
  }
  if (data[0] === 0xff && data[1] === 0xd8 && hasJpegFrame(data))
    return `data:image/jpeg;base64,${data.toString('base64')}`
  throw invalidInput('picture', 'A picture in a document is a PNG or a JPEG file.')
}

function requireSoundPng(data: Buffer): void {
  const chunks = [...pngChunks(data)]
  const header = chunks.find(({ type }) => type === 'IHDR')?.content
  if (!header || header.length < 13) throw damaged()
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = CHANNELS[header[9] ?? 255]
  if (channels === undefined || width === 0 || height === 0) throw damaged()
  if (width * height > MAX_PIXELS) throw invalidInput('picture', 'A picture has at most 40 megapixels.')
  const rowBytes = Math.ceil((width * channels * (header[8] ?? 8)) / 8) + 1
  // Interlaced pictures have up to seven short rows for one.
  requireInflatable(chunks, rowBytes * height * (header[12] === 1 ? 1.2 : 1) + 8 * (rowBytes + height))
}

function requireInflatable(chunks: readonly PngChunk[], maxOutputLength: number): void {
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content))
  try {
    inflateSync(packed, { maxOutputLength: Math.ceil(maxOutputLength) })
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw damaged()
    throw error
  }
}

type PngChunk = { readonly type: string; readonly content: Buffer }

function* pngChunks(data: Buffer): Generator<PngChunk> {
  let at = 8
  while (at + 12 <= data.length) {
    const length = data.readUInt32BE(at)
    if (at + 12 + length > data.length) throw damaged()
    yield { type: data.toString('latin1', at + 4, at + 8), content: data.subarray(at + 8, at + 8 + length) }
    at += 12 + length
  }
}

/** Looks for a start of frame that says how large the picture is (ITU T.81 B.2.2). */
function hasJpegFrame(data: Buffer): boolean {
  let at = 2
  while (at + 9 < data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return data.readUInt16BE(at + 5) * data.readUInt16BE(at + 7) > 0
    }
    at += 2 + data.readUInt16BE(at + 2)
  }
  return false
}

function damaged(): Error {
  return invalidInput('picture', 'This picture is damaged.')
}
