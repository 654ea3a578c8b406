import { constants, inflateRawSync } from 'node:zlib'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { readCodestreamHeader } from '../domain/codestream-header.ts'
import { unpackFrame } from '../domain/native-frame.ts'
import { bytesPerSample, type PixelDescription } from '../domain/pixel-description.ts'
import { reconcilePixels } from '../domain/reconcile-pixels.ts'
import { decodeRle } from '../domain/rle.ts'
import { keepStoredBits, type StoredFrame, viewSamples } from '../domain/stored-frame.ts'
import type { Codec } from '../domain/transfer-syntax.ts'
import { CodecFailure } from './codec-failure.ts'
import { decodeHtj2k, decodeJpeg2000 } from './jpeg-2000-codec.ts'
import { decodeJpeg, decodeJpeg2000Again, decodeJpegXl } from './jpeg-codec.ts'
import { decodeJpegLs } from './jpeg-ls-codec.ts'
import { requireLength } from './wasm-decoder.ts'

/** One frame as it lies in the file; its bytes are a copy of their own that moves to the thread. */
export type EncodedFrame = {
  readonly bytes: Uint8Array
  /** Bits before the first sample of a 1-bit native frame. */
  readonly skipBits: number
  readonly pixels: PixelDescription
}

type Decode = (encoded: Uint8Array, pixels: PixelDescription) => Promise<Uint8Array>

/** The decoders of a codec in the order in which they are tried. */
const DECODERS: Partial<Record<Codec, readonly Decode[]>> = {
  jpeg: [decodeJpeg],
  'jpeg-ls': [decodeJpegLs],
  'jpeg-2000': [decodeJpeg2000, decodeJpeg2000Again],
  htj2k: [decodeHtj2k, decodeJpeg2000],
  'jpeg-xl': [decodeJpegXl],
}

/**
 * Decodes one frame to its stored samples. Codestreams are checked before and after: a decoder's silence proves
 * nothing.
 *
 * @throws RefusedError `invalid-input` if the frame is damaged or not supported
 */
export async function decodeFrame({ bytes, skipBits, pixels }: EncodedFrame): Promise<StoredFrame> {
  switch (pixels.codec) {
    case 'native':
      return unpackFrame(bytes, pixels, skipBits)
    case 'rle':
      return unpackFrame(unpackRle(bytes, pixels), {
        ...pixels,
        planar: false,
        bigEndian: false,
        swappedBytes: false,
      })
    case 'deflate-frame':
      return unpackFrame(inflateFrame(bytes, pixels), { ...pixels, bigEndian: false, swappedBytes: false })
    default:
      return decodeCodestream(bytes, pixels)
  }
}

/** 1-bit RLE frames hold packed bits in one segment. */
function unpackRle(bytes: Uint8Array, pixels: PixelDescription): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels
  if (bitsAllocated === 1) {
    return decodeRle(bytes, { pixels: Math.ceil((rows * columns) / 8), samplesPerPixel, bytesPerSample: 1 })
  }
  return decodeRle(bytes, { pixels: rows * columns, samplesPerPixel, bytesPerSample: bytesPerSample(pixels) })
}

/** Deflated Image Frame Compression (PS3.5 annex A.4.13). */
function inflateFrame(bytes: Uint8Array, pixels: PixelDescription): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels
  const expected = Math.ceil((rows * columns * samplesPerPixel * bitsAllocated) / 8)
  try {
    const options = { maxOutputLength: expected + 2, finishFlush: constants.Z_SYNC_FLUSH }
    const frame = inflateRawSync(bytes, options)
    requireLength(frame.subarray(0, expected), expected)
    return frame.subarray(0, expected)
  } catch (error) {
    if (error instanceof RefusedError) throw error
    throw invalidInput('PixelData', 'The deflated frame is damaged.')
  }
}

/** JPEG XL is the one codestream whose header is not read here. */
function describeCoded(bytes: Uint8Array, pixels: PixelDescription): PixelDescription {
  if (pixels.codec === 'jpeg-xl') return { ...pixels, planar: false }
  const header = readCodestreamHeader(bytes)
  if (!header) throw invalidInput('PixelData', 'The compressed frame has no readable header.')
  return reconcilePixels(pixels, header)
}

async function decodeCodestream(bytes: Uint8Array, declared: PixelDescription): Promise<StoredFrame> {
  const pixels = describeCoded(bytes, declared)
  const { rows, columns, samplesPerPixel, photometric, bitsStored } = pixels
  const coded: PixelDescription = { ...pixels, bitsAllocated: codedBits(bytes, pixels) }
  const decoded = await tryDecoders(bytes, coded)
  const samples = viewSamples(decoded, coded)
  keepStoredBits(samples, { ...coded, bitsStored: Math.min(bitsStored, coded.bitsAllocated) })
  const widened = coded.bitsAllocated < pixels.bitsAllocated ? widen(samples, pixels) : samples
  return { rows, columns, samplesPerPixel, samples: widened, photometric }
}

/** Decoders give a byte for samples of up to 8 bits, a word above. */
function codedBits(bytes: Uint8Array, pixels: PixelDescription): 8 | 16 {
  const bits = readCodestreamHeader(bytes)?.bits ?? pixels.bitsAllocated
  return bits <= 8 ? 8 : 16
}

function widen(samples: StoredFrame['samples'], { signed }: PixelDescription): StoredFrame['samples'] {
  return signed ? Int16Array.from(samples) : Uint16Array.from(samples)
}

async function tryDecoders(bytes: Uint8Array, pixels: PixelDescription): Promise<Uint8Array> {
  const { rows, columns, samplesPerPixel, bitsAllocated, codec } = pixels
  const expected = (rows * columns * samplesPerPixel * bitsAllocated) / 8
  let failure: unknown
  for (const decode of DECODERS[codec] ?? []) {
    try {
      const decoded = await decode(bytes, pixels)
      requireLength(decoded, expected)
      return decoded
    } catch (error) {
      // The modules throw numbers and strings as well as errors; the last one is reported.
      failure = error
    }
  }
  if (failure instanceof RefusedError) throw failure
  throw new CodecFailure(`The ${codec} decoder gave up on the frame.`, failure)
}
