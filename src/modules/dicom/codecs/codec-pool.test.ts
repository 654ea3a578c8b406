import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { type ExamplePixels, example, exampleImage, exampleSamples } from '../domain/example-files.ts'
import { makeDataSet, makeElement } from '../domain/make-element.ts'
import { parseDicomFile } from '../domain/parse-file.ts'
import { readTexts } from '../domain/read-value.ts'
import { TAGS } from '../domain/tag.ts'
import * as syntaxes from '../domain/transfer-syntax.ts'
import { writeDicomFile } from '../domain/write-file.ts'
import { cleanPixelData } from './clean-pixels.ts'
import { type CodecPool, openCodecPool } from './codec-pool.ts'
import type { FrameEncoding } from './encode-frame.ts'
import {
  decodeImageFrame,
  imageError,
  missingFrames,
  type OpenImage,
  openImage,
  type RenderOptions,
  renderImages,
} from './render-images.ts'
import { transcodeToCompressed, transcodeToNative } from './transcode.ts'

const pool = openCodecPool({ workers: 2 })
afterAll(() => pool.close())

const GREY8: ExamplePixels = { rows: 40, columns: 56, bitsAllocated: 8 }
const GREY12: ExamplePixels = { rows: 40, columns: 56, bitsAllocated: 16, bitsStored: 12 }
const SIGNED16: ExamplePixels = { rows: 40, columns: 56, bitsAllocated: 16, signed: true }
const COLOR: ExamplePixels = { rows: 40, columns: 56, bitsAllocated: 8, samplesPerPixel: 3 }

function imageOf(pixels: ExamplePixels, more: Parameters<typeof exampleImage>[2] = []): OpenImage {
  return openImage(parseDicomFile(writeDicomFile(exampleImage(pixels, exampleSamples(pixels), more))))
}

async function compress(
  image: OpenImage,
  encoding: FrameEncoding,
  syntax: syntaxes.TransferSyntax,
): Promise<Buffer> {
  return writeDicomFile(await transcodeToCompressed(pool, image, encoding), syntax)
}

async function largestDifference(one: OpenImage, other: OpenImage, frame: number): Promise<number> {
  const [a, b] = await Promise.all([decodeImageFrame(pool, one, frame), decodeImageFrame(pool, other, frame)])
  expect(b.samples.length).toBe(a.samples.length)
  expect(b.samples.constructor).toBe(a.samples.constructor)
  let most = 0
  for (const [index, sample] of a.samples.entries())
    most = Math.max(most, Math.abs(sample - (b.samples[index] ?? 0)))
  return most
}

async function render(image: OpenImage, options: RenderOptions): Promise<readonly Uint8Array[]> {
  const pictures: Uint8Array[] = []
  for await (const picture of renderImages(pool, image, options)) pictures.push(picture)
  return pictures
}

const LOSSLESS: readonly (readonly [string, FrameEncoding, syntaxes.TransferSyntax])[] = [
  ['RLE', { kind: 'rle' }, syntaxes.RLE_LOSSLESS],
  ['JPEG lossless', { kind: 'jpeg-lossless' }, syntaxes.JPEG_LOSSLESS_SV1],
  ['JPEG-LS', { kind: 'jpeg-ls', allowedError: 0 }, syntaxes.JPEG_LS_LOSSLESS],
  ['JPEG 2000', { kind: 'jpeg-2000', ratio: undefined }, syntaxes.JPEG_2000_LOSSLESS],
  ['HTJ2K', { kind: 'htj2k', lossy: false, progression: 'default' }, syntaxes.HTJ2K_LOSSLESS],
  ['HTJ2K RPCL', { kind: 'htj2k', lossy: false, progression: 'rpcl' }, syntaxes.HTJ2K_LOSSLESS_RPCL],
  ['deflated frames', { kind: 'deflate-frame' }, syntaxes.transferSyntaxOf('1.2.840.10008.1.2.8.1')],
]

describe.each(LOSSLESS)('%s', (_, encoding, syntax) => {
  it.each([
    ['8-bit grey', GREY8],
    ['12-bit grey', GREY12],
    ['signed 16-bit grey', SIGNED16],
    ['colour', COLOR],
    ['two frames', { ...GREY8, frames: 2 }],
  ])('gives %s back exactly', async (_, pixels) => {
    const image = imageOf(pixels)
    const read = openImage(parseDicomFile(await compress(image, encoding, syntax)))
    expect(read.file.warnings).toEqual([])
    expect(read.table.count).toBe(image.table.count)
    for (let frame = 0; frame < image.table.count; frame += 1) {
      expect(await largestDifference(image, read, frame)).toBe(0)
    }
  })
})

describe('lossy compression', () => {
  it.each<[string, ExamplePixels, FrameEncoding, syntaxes.TransferSyntax, number]>([
    ['JPEG baseline', GREY8, { kind: 'jpeg', quality: 95 }, syntaxes.JPEG_BASELINE, 12],
    [
      'near-lossless JPEG-LS',
      GREY12,
      { kind: 'jpeg-ls', allowedError: 3 },
      syntaxes.JPEG_LS_NEAR_LOSSLESS,
      3,
    ],
    ['JPEG 2000', GREY8, { kind: 'jpeg-2000', ratio: 2 }, syntaxes.JPEG_2000, 12],
    ['HTJ2K', GREY8, { kind: 'htj2k', lossy: true, progression: 'default' }, syntaxes.HTJ2K, 2],
  ])('%s stays near', async (_, pixels, encoding, syntax, most) => {
    const image = imageOf(pixels)
    const read = openImage(parseDicomFile(await compress(image, encoding, syntax)))
    expect(await largestDifference(image, read, 0)).toBeLessThanOrEqual(most)
  })

  it('turns colour JPEG into YBR and back into RGB', async () => {
    const image = imageOf(COLOR)
    const read = openImage(
      parseDicomFile(await compress(image, { kind: 'jpeg', quality: 98 }, syntaxes.JPEG_BASELINE)),
    )
    expect(read.pixels.photometric).toBe('YBR_FULL')
    const native = await transcodeToNative(pool, read)
    const back = openImage(parseDicomFile(writeDicomFile(native)))
    expect(back.pixels).toMatchObject({ photometric: 'RGB', codec: 'native', planar: false })
    expect(await largestDifference(image, back, 0)).toBeLessThanOrEqual(24)
  })

  it.each<[string, ExamplePixels, FrameEncoding, string]>([
    ['12 bits in JPEG baseline', GREY12, { kind: 'jpeg', quality: 90 }, 'needs unsigned grey or RGB'],
    [
      'signed samples in near-lossless JPEG-LS',
      SIGNED16,
      { kind: 'jpeg-ls', allowedError: 2 },
      'wrap signed samples',
    ],
    [
      'signed bytes in JPEG 2000',
      { ...GREY8, signed: true },
      { kind: 'jpeg-2000', ratio: undefined },
      'without loss',
    ],
    [
      '32 bits in JPEG-LS',
      { ...GREY8, bitsAllocated: 32 },
      { kind: 'jpeg-ls', allowedError: 0 },
      'cannot be compressed so',
    ],
  ])('refuses %s', async (_, pixels, encoding, problem) => {
    await expect(transcodeToCompressed(pool, imageOf(pixels), encoding)).rejects.toThrow(problem)
  })
})

describe('pictures', () => {
  it.each([
    ['8-bit grey', GREY8, 1],
    ['colour', COLOR, 3],
  ])('a PNG of %s holds its samples', async (_, pixels, channels) => {
    const [png = new Uint8Array()] = await render(imageOf(pixels), { format: 'png' })
    const { data, info } = await sharp(png)
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 56, height: 40, channels })
    expect(data.equals(exampleSamples(pixels))).toBe(true)
  })

  it('a PNG of stored values has 16 bits', async () => {
    const [png = new Uint8Array()] = await render(imageOf(GREY12), { format: 'png', values: 'stored' })
    const data = await sharp(png).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer()
    expect(data.equals(exampleSamples(GREY12))).toBe(true)
  })

  it('JPEG is a JPEG, a GIF of several frames an animation with the delay of the file', async () => {
    const frames = { ...GREY8, frames: 3 }
    const [jpeg = new Uint8Array()] = await render(imageOf(GREY8), { format: 'jpeg' })
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 56, height: 40, channels: 1 })
    for (const pixels of [frames, { ...COLOR, frames: 3 }]) {
      const [gif = new Uint8Array()] = await render(imageOf(pixels, [example('FrameTime', '40')]), {
        format: 'gif',
      })
      expect(await sharp(gif, { animated: true }).metadata()).toMatchObject({
        format: 'gif',
        pages: 3,
        delay: [40, 40, 40],
        loop: 0,
      })
    }
    const [still = new Uint8Array()] = await render(imageOf(GREY8), { format: 'gif' })
    expect((await sharp(still).metadata()).pages ?? 1).toBe(1)
  })

  it('are made of the frames asked for, in order', async () => {
    const image = imageOf({ ...GREY8, frames: 5 })
    const all = await render(image, { format: 'png' })
    expect(all).toHaveLength(5)
    expect(await render(image, { format: 'png', frames: [4, 1] })).toEqual([all[4], all[1]])
    await expect(render(image, { format: 'png', frames: [5] })).rejects.toThrow('The image has 5 frames.')
  })

  it('are made of the frames that are there, and the rest is named', async () => {
    const short = exampleImage({ ...GREY8, frames: 3 }, exampleSamples(GREY8))
    const image = openImage(parseDicomFile(writeDicomFile(short)))
    expect(await render(image, { format: 'png' })).toHaveLength(1)
    expect(missingFrames(image)).toBe('The image announces 3 frames and holds 1.')
    expect(missingFrames(imageOf(GREY8))).toBeUndefined()
  })

  it('have one brightness for all frames without a window', async () => {
    const pixels = { rows: 1, columns: 2, bitsAllocated: 16, frames: 2 } as const
    const samples = Buffer.from(Uint16Array.of(0, 100, 200, 1000).buffer)
    const image = openImage(parseDicomFile(writeDicomFile(exampleImage(pixels, samples))))
    const pictures = await render(image, { format: 'png' })
    const values = await Promise.all(pictures.map((png) => sharp(png).toColourspace('b-w').raw().toBuffer()))
    expect(values.map((value) => [...value])).toEqual([
      [0, 26],
      [51, 255],
    ])
  })
})

describe('cleanPixelData', () => {
  it('blackens a rectangle in every frame and nothing else', async () => {
    const image = imageOf({ ...COLOR, frames: 2 })
    const cleaned = await cleanPixelData(pool, image, [{ row: 2, column: 3, rows: 4, columns: 5 }])
    const read = openImage(parseDicomFile(writeDicomFile(cleaned)))
    for (const frame of [0, 1]) {
      const [before, after] = await Promise.all([
        decodeImageFrame(pool, image, frame),
        decodeImageFrame(pool, read, frame),
      ])
      const changed = Array.from(after.samples).filter(
        (sample, index) => sample !== before.samples[index],
      ).length
      expect(changed).toBeLessThanOrEqual(4 * 5 * 3)
      expect(after.samples[(2 * 56 + 3) * 3]).toBe(0)
      expect(after.samples[(6 * 56 + 3) * 3]).toBe(before.samples[(6 * 56 + 3) * 3])
    }
  })

  it('refuses a rectangle outside of the image', async () => {
    await expect(
      cleanPixelData(pool, imageOf(GREY8), [{ row: 39, column: 0, rows: 2, columns: 1 }]),
    ).rejects.toThrow('outside')
  })
})

describe('a bad frame', () => {
  /** The number of samples, or the reason why there are none. */
  function outcomeOf(threads: CodecPool, image: OpenImage): Promise<number | string> {
    return decodeImageFrame(threads, image, 0).then(({ samples }) => samples.length, imageError)
  }

  async function damaged(change: (bytes: Buffer) => void): Promise<OpenImage> {
    const file = await compress(
      imageOf(GREY12),
      { kind: 'jpeg-2000', ratio: undefined },
      syntaxes.JPEG_2000_LOSSLESS,
    )
    change(file)
    return openImage(parseDicomFile(file))
  }

  it('fails by itself; the next one is decoded', async () => {
    const image = await damaged((file) => file.fill(0x55, file.length - 900, file.length - 40))
    expect([40 * 56, 'The jpeg-2000 decoder gave up on the frame.']).toContain(await outcomeOf(pool, image))
    expect(await outcomeOf(pool, imageOf(GREY8))).toBe(40 * 56)
  })

  it('among others fails in its turn, and those behind it fail unheard', async () => {
    const frames = { ...GREY8, frames: 6 }
    const file = writeDicomFile(
      await transcodeToCompressed(pool, imageOf(frames), { kind: 'rle' }),
      syntaxes.RLE_LOSSLESS,
    )
    const image = openImage(parseDicomFile(file))
    const fragments = image.table.element.fragments ?? []
    const damagedFile = Buffer.from(file)
    for (const { start } of fragments.slice(2)) damagedFile.fill(0, start, start + 64)
    const unheard: unknown[] = []
    const listen = (reason: unknown): number => unheard.push(reason)
    process.on('unhandledRejection', listen)
    const pictures = render(openImage(parseDicomFile(damagedFile)), { format: 'png' })
    await expect(pictures).rejects.toThrow('The RLE frame has 0 segments instead of 1.')
    await decodeImageFrame(pool, image, 0)
    process.off('unhandledRejection', listen)
    expect(unheard).toEqual([])
  })

  it('is refused before decoding if its size is not that of the image', async () => {
    const image = imageOf(GREY12)
    const compressed = await transcodeToCompressed(pool, image, { kind: 'jpeg-ls', allowedError: 0 })
    const lying = makeDataSet([...compressed.elements.values(), makeElement(TAGS.rows, 4000)])
    expect(() => openImage(parseDicomFile(writeDicomFile(lying, syntaxes.JPEG_LS_LOSSLESS)))).toThrow(
      'The compressed frame is 56 x 40, the image 56 x 4000 pixels.',
    )
  })

  it('that takes too long is given up, and its thread is replaced', async () => {
    const hasty = openCodecPool({ workers: 1, timeoutMs: 1 })
    const large = { rows: 2000, columns: 2000, bitsAllocated: 8 } as const
    expect(await outcomeOf(hasty, imageOf(large))).toBe('Decoding the frame takes too long.')
    await hasty.close()
    const patient = openCodecPool({ workers: 1 })
    expect(await outcomeOf(patient, imageOf(large))).toBe(2000 * 2000)
    await patient.close()
  })

  it('that needs more memory than a thread may have is refused', async () => {
    const small = openCodecPool({ workers: 1, memoryBytes: 24 << 20 })
    const large = { rows: 4000, columns: 4000, bitsAllocated: 16 } as const
    const compressed = await compress(
      imageOf(large),
      { kind: 'jpeg-ls', allowedError: 0 },
      syntaxes.JPEG_LS_LOSSLESS,
    )
    expect(await outcomeOf(small, openImage(parseDicomFile(compressed)))).toBe(
      'The jpeg-ls decoder gave up on the frame.',
    )
    expect(await outcomeOf(small, imageOf(GREY8))).toBe(40 * 56)
    await small.close()
  })
})

it('keeps the attributes of the image when its pixels change their form', async () => {
  const image = imageOf(COLOR)
  const compressed = await transcodeToCompressed(pool, image, { kind: 'rle' })
  const name = compressed.elements.get(0x00100010)
  expect(name && readTexts(name, compressed)).toEqual(['Doe^Jane'])
})
