import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { pictureDataUrl } from './picture.ts'

const made = sharp({
  create: { width: 40, height: 30, channels: 4, background: { r: 1, g: 100, b: 200, alpha: 0.5 } },
})

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content, Buffer.alloc(4)])
}

/** A PNG that says it is of this size but holds this many bytes when unpacked. */
function png(width: number, height: number, unpackedBytes: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const packed = deflateSync(Buffer.alloc(unpackedBytes))
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))])
}

describe('pictureDataUrl', () => {
  it.each([
    ['a PNG', () => made.clone().png().toBuffer(), /^data:image\/png;base64,iVBOR/],
    ['an interlaced PNG', () => made.clone().png({ progressive: true }).toBuffer(), /^data:image\/png/],
    [
      'a PNG with palette',
      () => made.clone().png({ palette: true, colours: 4 }).toBuffer(),
      /^data:image\/png/,
    ],
    [
      'a grey PNG of 16 bits',
      () => made.clone().toColourspace('grey16').png().toBuffer(),
      /^data:image\/png/,
    ],
    ['a JPEG', () => made.clone().jpeg().toBuffer(), /^data:image\/jpeg;base64,\/9j/],
    ['a progressive JPEG', () => made.clone().jpeg({ progressive: true }).toBuffer(), /^data:image\/jpeg/],
  ])('takes %s', async (_what, make, expected) => {
    expect(pictureDataUrl(await make())).toMatch(expected)
  })

  it.each([
    ['a WebP', () => made.clone().webp().toBuffer()],
    ['nothing', async () => Buffer.alloc(0)],
    ['text', async () => Buffer.from('/etc/passwd')],
    ['half a PNG', async () => (await made.clone().png().toBuffer()).subarray(0, 60)],
    ['half a JPEG', async () => (await made.clone().jpeg().toBuffer()).subarray(0, 20)],
    ['a small PNG that unpacks to 50 MB', async () => png(10, 10, 50_000_000)],
    ['a PNG of a billion pixels', async () => png(40_000, 40_000, 10)],
    ['a PNG without size', async () => png(0, 10, 10)],
  ])('refuses %s', async (_what, make) => {
    const bytes = await make()
    expect(() => pictureDataUrl(bytes)).toThrow(RefusedError)
  })
})
