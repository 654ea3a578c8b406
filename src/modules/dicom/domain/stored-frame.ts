import type { PixelDescription } from './pixel-description.ts'

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/**
 * The stored samples of one frame: row-major, colour interleaved, one array element a sample, sign and unused
 * bits resolved. `photometric` says what colour samples mean after decoding.
 */
export type StoredFrame = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly samples: Samples
  readonly photometric: string
}

type SampleType = Pick<PixelDescription, 'bitsAllocated' | 'signed' | 'isFloat'>

/** Views little-endian bytes as samples; copies where the place in memory does not suit the words. */
export function viewSamples(bytes: Uint8Array, { bitsAllocated, signed, isFloat }: SampleType): Samples {
  const word = Math.max(1, bitsAllocated / 8)
  const whole = bytes.subarray(0, bytes.length - (bytes.length % word))
  const { buffer, byteOffset, length } = whole.byteOffset % word === 0 ? whole : new Uint8Array(whole)
  const count = length / word
  switch (bitsAllocated) {
    case 64:
      return new Float64Array(buffer, byteOffset, count)
    case 32:
      if (isFloat) return new Float32Array(buffer, byteOffset, count)
      return signed ? new Int32Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count)
    case 16:
      return signed ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count)
    default:
      return signed ? new Int8Array(buffer, byteOffset, count) : new Uint8Array(buffer, byteOffset, count)
  }
}

/**
 * Removes what is not part of the samples: bits below and above the stored ones (PS3.5 section 8.1.1), and
 * extends the sign from the highest stored bit. Works in place.
 */
export function keepStoredBits(
  samples: Samples,
  {
    bitsAllocated,
    bitsStored,
    highBit,
    signed,
    isFloat,
  }: SampleType & Pick<PixelDescription, 'bitsStored' | 'highBit'>,
): void {
  if (isFloat || bitsAllocated === 1 || bitsStored >= bitsAllocated) return
  const up = 31 - highBit
  const down = 32 - bitsStored
  if (signed) for (let at = 0; at < samples.length; at += 1) samples[at] = ((samples[at] ?? 0) << up) >> down
  else for (let at = 0; at < samples.length; at += 1) samples[at] = ((samples[at] ?? 0) << up) >>> down
}

/** From one plane a component to interleaved components. */
export function interleave<T extends Uint8Array | Samples>(planar: T, planes: number): T {
  const size = Math.floor(planar.length / planes)
  const result = planar.slice() as T
  for (let plane = 0; plane < planes; plane += 1) {
    const from = plane * size
    for (let at = 0; at < size; at += 1) result[at * planes + plane] = planar[from + at] ?? 0
  }
  return result
}
