import { swapWords } from './encode-data-set.ts'
import { bytesPerSample, type PixelDescription } from './pixel-description.ts'
import { interleave, keepStoredBits, type Samples, type StoredFrame, viewSamples } from './stored-frame.ts'

/** Where a native frame lies in Pixel Data; 1-bit frames may begin within a byte (PS3.5 section 8.1.1). */
export type NativeExtent = { readonly start: number; readonly length: number; readonly skipBits: number }

/** Native YBR_FULL_422 and its partial kin store two chroma samples for two pixels (PS3.3 C.7.6.3.1.2). */
function isSubsampled({ photometric, samplesPerPixel, bitsAllocated }: PixelDescription): boolean {
  return samplesPerPixel === 3 && bitsAllocated === 8 && /^YBR_(FULL|PARTIAL)_422$/.test(photometric)
}

/** Bits of one frame as stored. */
function frameBits(pixels: PixelDescription): number {
  const samples = isSubsampled(pixels) ? 2 : pixels.samplesPerPixel
  return pixels.rows * pixels.columns * samples * pixels.bitsAllocated
}

/** The place of a frame, counted from 0, in native Pixel Data; frames follow each other without a gap. */
export function nativeExtent(pixels: PixelDescription, frame: number): NativeExtent {
  const bits = frameBits(pixels)
  const first = frame * bits
  // Swapped bytes are put right in pairs, so the frame is taken from the beginning of a pair to the end of one.
  const step = pixels.swappedBytes ? 16 : 8
  const start = Math.floor(first / step) * (step / 8)
  const end = Math.ceil((first + bits) / step) * (step / 8)
  return { start, length: end - start, skipBits: first - start * 8 }
}

/** How many whole frames are in `length` bytes. */
export function wholeFrames(pixels: PixelDescription, length: number): number {
  return Math.min(pixels.frames, Math.floor((length * 8) / frameBits(pixels)))
}

/** Turns the bytes of a native frame (or of a decoded RLE or deflated one) into samples. */
export function unpackFrame(bytes: Uint8Array, pixels: PixelDescription, skipBits = 0): StoredFrame {
  const { rows, columns, samplesPerPixel, photometric } = pixels
  const samples = unpackSamples(bytes, pixels, skipBits)
  return { rows, columns, samplesPerPixel, samples, photometric }
}

function unpackSamples(bytes: Uint8Array, pixels: PixelDescription, skipBits: number): Samples {
  const ordered = pixels.bigEndian ? swapFrame(bytes, pixels) : bytes
  if (pixels.bitsAllocated === 1) return unpackBits(ordered, pixels.rows * pixels.columns, skipBits)
  const little = ordered.subarray(skipBits / 8, skipBits / 8 + frameBits(pixels) / 8)
  if (isSubsampled(pixels)) return spreadChroma(little, pixels.rows * pixels.columns)
  const samples = viewSamples(new Uint8Array(little), pixels)
  keepStoredBits(samples, pixels)
  return pixels.planar ? interleave(samples, pixels.samplesPerPixel) : samples
}

function swapFrame(bytes: Uint8Array, pixels: PixelDescription): Uint8Array {
  const word = pixels.swappedBytes ? 2 : bytesPerSample(pixels)
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return word === 2 || word === 4 || word === 8 ? swapWords(whole, word) : bytes
}

/** One byte for each bit, the least significant one first (PS3.5 annex D.2). */
function unpackBits(bytes: Uint8Array, count: number, skipBits: number): Uint8Array {
  const samples = new Uint8Array(count)
  for (let index = 0; index < count; index += 1) {
    const bit = index + skipBits
    samples[index] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1
  }
  return samples
}

/** From Y1 Y2 Cb Cr for two pixels to Y Cb Cr for each. */
function spreadChroma(bytes: Uint8Array, pixelCount: number): Uint8Array {
  const samples = new Uint8Array(pixelCount * 3)
  for (let pixel = 0; pixel < pixelCount; pixel += 1) {
    const pair = (pixel >> 1) * 4
    samples[pixel * 3] = bytes[pair + (pixel & 1)] ?? 0
    samples[pixel * 3 + 1] = bytes[pair + 2] ?? 0
    samples[pixel * 3 + 2] = bytes[pair + 3] ?? 0
  }
  return samples
}
