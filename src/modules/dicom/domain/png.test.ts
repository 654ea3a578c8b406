import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodePng } from './png.ts'
import type { RenderedPicture } from './render-frame.ts'

type Chunk = { readonly type: string; readonly data: Buffer; readonly crc: number }

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const data = png.subarray(at + 8, at + 8 + length)
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data,
      crc: png.readUInt32BE(at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

const GREY: RenderedPicture = {
  rows: 2,
  columns: 3,
  channels: 1,
  bits: 8,
  pixels: Uint8Array.of(1, 2, 3, 4, 6, 1),
}

describe('encodePng', () => {
  it('writes signature, header, rows filtered by the row above, and the end', () => {
    const png = encodePng(GREY)
    expect(png.toString('hex', 0, 8)).toBe('89504e470d0a1a0a')
    const [header, data, end] = chunksOf(png)
    expect(header?.data.toString('hex')).toBe('00000003000000020800000000')
    expect(data && [...inflateSync(data.data)]).toEqual([2, 1, 2, 3, 2, 3, 4, 254])
    expect(end?.type).toBe('IEND')
  })

  it('checks every chunk', () => {
    for (const { type, data, crc } of chunksOf(encodePng(GREY, { level: 6 }))) {
      expect(crc).toBe(crc32(Buffer.concat([Buffer.from(type), data])))
    }
  })

  it.each([
    [{ ...GREY, columns: 1, channels: 3 }, '0000000100000002080200'],
    [{ ...GREY, columns: 1, rows: 3, bits: 16 }, '0000000100000003100000'],
  ] as const)('names colour and depth', (picture, header) => {
    expect(chunksOf(encodePng(picture))[0]?.data.toString('hex', 0, 11)).toBe(header)
  })

  it('passes a colour profile through', () => {
    const profile = chunksOf(encodePng(GREY, { iccProfile: Uint8Array.of(1, 2, 3) })).find(
      ({ type }) => type === 'iCCP',
    )
    expect(profile?.data.toString('latin1', 0, 13)).toBe('ICC Profile\0\0')
    expect(profile && [...inflateSync(profile.data.subarray(13))]).toEqual([1, 2, 3])
  })
})
