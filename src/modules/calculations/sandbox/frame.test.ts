import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameReader, encodeFrame } from './frame.ts'

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    const frame = fc.record({ message: fc.jsonValue(), blobs: fc.array(fc.uint8Array(), { maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (frames, step) => {
        const stream = Buffer.concat(frames.flatMap(({ message, blobs }) => encodeFrame(message, blobs)))
        const reader = createFrameReader(2 ** 20)
        const read = []
        for (let at = 0; at < stream.length; at += step)
          read.push(...reader.push(stream.subarray(at, at + step)))
        const plain = read.map(({ message, blobs }) => ({
          message,
          blobs: blobs.map((blob) => Uint8Array.from(blob)),
        }))
        const expected = frames.map(({ message, blobs }) => ({
          message: JSON.parse(JSON.stringify(message)),
          blobs,
        }))
        expect(plain).toEqual(expected)
      }),
    )
  })

  it.each([
    ['longer than allowed', Buffer.concat(encodeFrame('x'.repeat(2000)))],
    ['without a header', Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 91, 93])],
    ['whose parts do not add up', Buffer.concat(encodeFrame(1, [Uint8Array.from([1, 2])])).fill(1, 4, 5)],
  ])('are refused when %s', (_, bytes) => {
    expect(() => createFrameReader(1000).push(bytes)).toThrow(Error)
  })
})
