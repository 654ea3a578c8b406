import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodePng } from '../domain/png.ts'
import { readPicture } from './read-picture.ts'

const GREY = Buffer.from([0, 50, 100, 150, 200, 250])
const raw = { width: 3, height: 2, channels: 1 } as const

describe('readPicture', () => {
  it('keeps 8-bit grey', async () => {
    const png = encodePng({ rows: 2, columns: 3, channels: 1, bits: 8, pixels: GREY })
    expect(await readPicture(png)).toEqual({
      rows: 2,
      columns: 3,
      samplesPerPixel: 1,
      bitsAllocated: 8,
      pixels: GREY,
    })
  })

  it('keeps 16-bit grey, in little endian', async () => {
    const png = encodePng({
      rows: 1,
      columns: 2,
      channels: 1,
      bits: 16,
      pixels: Uint8Array.of(0x12, 0x34, 0xff, 0xfe),
    })
    const picture = await readPicture(png)
    expect(picture).toMatchObject({ samplesPerPixel: 1, bitsAllocated: 16 })
    expect([...picture.pixels]).toEqual([0x34, 0x12, 0xfe, 0xff])
  })

  it('makes colour 8-bit RGB and flattens alpha on black', async () => {
    const rgba = Buffer.from([255, 0, 0, 255, 255, 255, 255, 0])
    const png = await sharp(rgba, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer()
    const picture = await readPicture(png)
    expect(picture).toMatchObject({ rows: 1, columns: 2, samplesPerPixel: 3, bitsAllocated: 8 })
    expect([...picture.pixels]).toEqual([255, 0, 0, 0, 0, 0])
  })

  it('takes a palette of greys for grey', async () => {
    const png = await sharp(GREY, { raw }).toColourspace('srgb').png({ palette: true, colours: 8 }).toBuffer()
    expect(await readPicture(png)).toMatchObject({ samplesPerPixel: 1, bitsAllocated: 8 })
  })

  it('turns a photograph upright and says that it is lossy', async () => {
    const jpeg = await sharp(GREY, { raw }).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const picture = await readPicture(jpeg)
    expect(picture).toMatchObject({ rows: 3, columns: 2 })
    expect(picture.lossyRatio).toBeGreaterThan(0)
  })

  it.each([
    ['text', Buffer.from('no image'), 'Upload a valid image.'],
    [
      'a cut PNG',
      encodePng({ rows: 2, columns: 3, channels: 1, bits: 8, pixels: GREY }).subarray(0, 40),
      'Upload a valid image.',
    ],
    ['nothing', Buffer.alloc(0), 'Upload a valid image.'],
  ])('refuses %s', async (_, bytes, problem) => {
    await expect(readPicture(bytes)).rejects.toThrow(problem)
  })

  it('refuses other kinds of image', async () => {
    const gif = await sharp(GREY, { raw }).gif().toBuffer()
    await expect(readPicture(gif)).rejects.toThrow('image: Unsupported format! Allowed: PNG, JPEG.')
  })
})
