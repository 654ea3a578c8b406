import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRle, encodeRle } from './rle.ts'

describe('RLE Lossless', () => {
  it('decodes the replicate and literal runs of PS3.5 annex G.3', () => {
    const segment = [0xfe, 0x07, 0x02, 1, 2, 3, 0x80, 0xff, 9]
    const header = new Uint8Array(64)
    header[0] = 1
    header[4] = 64
    const frame = Uint8Array.from([...header, ...segment, 0])
    expect([...decodeRle(frame, { pixels: 8, samplesPerPixel: 1, bytesPerSample: 1 })]).toEqual([
      7, 7, 7, 1, 2, 3, 9, 9,
    ])
  })

  it('gives back what it was given, for all shapes', () => {
    const shapes = fc.constantFrom([1, 1], [1, 2], [1, 4], [3, 1], [3, 2])
    fc.assert(
      fc.property(
        shapes,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 6 }),
        fc.uint8Array({ minLength: 1, maxLength: 9 }),
        (shape, columns, rows, seed) => {
          const [samplesPerPixel = 1, bytesPerSample = 1] = shape
          const size = columns * rows * samplesPerPixel * bytesPerSample
          const samples = Uint8Array.from(
            { length: size },
            (_, index) => seed[Math.floor(index / 5) % seed.length] ?? 0,
          )
          const encoded = encodeRle(samples, { columns, samplesPerPixel, bytesPerSample })
          expect(encoded.length % 2).toBe(0)
          expect(decodeRle(encoded, { pixels: columns * rows, samplesPerPixel, bytesPerSample })).toEqual(
            samples,
          )
        },
      ),
    )
  })

  it.each([
    ['a cut header', new Uint8Array(20), 'The RLE header is cut off.'],
    ['too many segments', new Uint8Array(64).fill(16, 0, 1), 'The RLE header is damaged.'],
    ['missing segments', new Uint8Array(64), 'The RLE frame has 0 segments instead of 1.'],
    [
      'a segment that ends early',
      Uint8Array.from([1, 0, 0, 0, 64, ...new Uint8Array(59), 3, 1, 2]),
      'An RLE segment is cut off.',
    ],
    [
      'an offset behind the end',
      Uint8Array.from([1, 0, 0, 0, 255, 255, ...new Uint8Array(58)]),
      'An RLE segment is cut off.',
    ],
  ])('refuses %s', (_, frame, problem) => {
    expect(() => decodeRle(frame, { pixels: 4, samplesPerPixel: 1, bytesPerSample: 1 })).toThrow(problem)
  })
})
