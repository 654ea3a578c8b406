import { constants, crc32, deflateSync } from 'node:zlib'
import type { RenderedPicture } from './render-frame.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const FILTER_UP = 2

export type PngOptions = {
  /** zlib level; 1 is several times quicker than 6 and about 15 % larger. */
  readonly level?: number
  readonly iccProfile?: Uint8Array | undefined
}

/** A PNG file of a picture, every row filtered by its difference to the row above (ISO/IEC 15948). */
export function encodePng(picture: RenderedPicture, { level = 1, iccProfile }: PngOptions = {}): Buffer {
  const { rows, columns, channels, bits, pixels } = picture
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header[8] = bits
  header[9] = channels === 3 ? 2 : 0
  const rowBytes = (columns * channels * bits) / 8
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(iccProfile ? [chunk('iCCP', embedProfile(iccProfile))] : []),
    chunk(
      'IDAT',
      deflateSync(filterUp(pixels, rows, rowBytes), { level, strategy: strategyFor(picture, level) }),
    ),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * Filtered scans hardly repeat themselves: looking only for runs takes half the time at the same size. Colour
 * pictures have drawings and text, which do repeat.
 */
function strategyFor({ channels }: RenderedPicture, level: number): number {
  return channels === 1 && level === 1 ? constants.Z_RLE : constants.Z_DEFAULT_STRATEGY
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length, 0)
  head.write(type, 4, 'latin1')
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0)
  return Buffer.concat([head, data, tail])
}

/** Profile name, method 0, compressed profile. */
function embedProfile(profile: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('ICC Profile\0\0', 'latin1'), deflateSync(profile)])
}

function filterUp(pixels: Uint8Array, rows: number, rowBytes: number): Buffer {
  const filtered = Buffer.allocUnsafe(rows * (rowBytes + 1))
  for (let row = 0; row < rows; row += 1) {
    const to = row * (rowBytes + 1) + 1
    const from = row * rowBytes
    filtered[to - 1] = FILTER_UP
    if (row === 0) {
      filtered.set(pixels.subarray(0, rowBytes), to)
      continue
    }
    for (let at = 0; at < rowBytes; at += 1) {
      filtered[to + at] = (pixels[from + at] ?? 0) - (pixels[from - rowBytes + at] ?? 0)
    }
  }
  return filtered
}
