import { crc32, deflateSync } from 'node:zlib'

const SIDE = 32
const CORNER = 6

/** A neutral icon for a kind of source as PNG: a square with round corners, its colour made from the name. */
export function drawLogo(name: string): Buffer {
  const hue = crc32(name) % 360
  const [red, green, blue] = [0, 8, 4].map((shift) => channel(hue, shift))
  const rows = Array.from({ length: SIDE }, (_, y) => [
    0,
    ...Array.from({ length: SIDE }, (_unused, x) => [
      red ?? 0,
      green ?? 0,
      blue ?? 0,
      isInside(x, y) ? 255 : 0,
    ]).flat(),
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIDE, 0)
  header.writeUInt32BE(SIDE, 4)
  // 8 bits of red, green, blue and alpha
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** One channel of a colour with saturation 0.45 and lightness 0.45. @see https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function channel(hue: number, shift: number): number {
  const k = (shift + hue / 30) % 12
  return Math.round(255 * (0.45 - 0.2 * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
}

function isInside(x: number, y: number): boolean {
  const dx = Math.max(CORNER - x - 1, x - (SIDE - CORNER), 0)
  const dy = Math.max(CORNER - y - 1, y - (SIDE - CORNER), 0)
  return dx * dx + dy * dy < CORNER * CORNER
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
