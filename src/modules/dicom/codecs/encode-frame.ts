import { deflateRawSync } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'
import { bytesPerSample, type PixelDescription } from '../domain/pixel-description.ts'
import { encodeRle } from '../domain/rle.ts'
import { CodecFailure } from './codec-failure.ts'
import { decodeFrame, type EncodedFrame } from './decode-frame.ts'
import { loadNativeCodecs, makeContext } from './jpeg-codec.ts'

/** The compressed forms that can be written, by the last part of their transfer syntax UID. */
export type FrameEncoding =
  | { readonly kind: 'rle' }
  | { readonly kind: 'deflate-frame' }
  | { readonly kind: 'jpeg'; readonly quality: number }
  | { readonly kind: 'jpeg-lossless' }
  | { readonly kind: 'jpeg-ls'; readonly allowedError: number }
  | { readonly kind: 'jpeg-2000'; readonly ratio: number | undefined }
  | { readonly kind: 'htj2k'; readonly lossy: boolean; readonly progression: 'rpcl' | 'default' }

/** A compressed frame, and what its colour components mean now. */
export type CompressedFrame = { readonly bytes: Uint8Array; readonly photometric: string }

/**
 * Compresses interleaved little-endian samples of one frame.
 * What is said to be lossless is decoded again and
 * compared, since encoders do not always say what they cannot hold.
 *
 * @throws RefusedError `invalid-input` if the encoding cannot hold such samples
 */
export async function encodeFrame(
  samples: Uint8Array,
  pixels: PixelDescription,
  encoding: FrameEncoding,
): Promise<CompressedFrame> {
  const { photometric } = pixels
  if (encoding.kind === 'deflate-frame') return { bytes: deflateRawSync(samples), photometric }
  if (encoding.kind === 'rle') return { bytes: packRle(samples, pixels), photometric }
  requireSuitable(pixels, encoding)
  const bytes = await encodeCodestream(samples, pixels, encoding)
  const codec = encoding.kind === 'jpeg-lossless' ? 'jpeg' : encoding.kind
  if (isLossless(encoding)) await requireSame(samples, { bytes, skipBits: 0, pixels: { ...pixels, codec } })
  return {
    bytes,
    photometric: encoding.kind === 'jpeg' && pixels.samplesPerPixel === 3 ? 'YBR_FULL' : photometric,
  }
}

function requireSuitable(
  { bitsAllocated, signed, photometric }: PixelDescription,
  encoding: CodestreamEncoding,
): void {
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw invalidInput('PixelData', `${bitsAllocated} bits allocated cannot be compressed so.`)
  }
  if (encoding.kind === 'jpeg' && (bitsAllocated !== 8 || signed || photometric.startsWith('YBR'))) {
    throw invalidInput('PixelData', 'JPEG baseline needs unsigned grey or RGB samples of 8 bits.')
  }
  if (encoding.kind === 'jpeg-ls' && encoding.allowedError > 0 && signed) {
    throw invalidInput('PixelData', 'Near-lossless JPEG-LS would wrap signed samples around.')
  }
}

function isLossless(encoding: CodestreamEncoding): boolean {
  switch (encoding.kind) {
    case 'jpeg':
      return false
    case 'jpeg-lossless':
      return true
    case 'jpeg-ls':
      return encoding.allowedError === 0
    case 'jpeg-2000':
      return encoding.ratio === undefined
    case 'htj2k':
      return !encoding.lossy
  }
}

async function requireSame(samples: Uint8Array, frame: EncodedFrame): Promise<void> {
  const { samples: decoded } = await decodeFrame(frame)
  const bytes = Buffer.from(decoded.buffer, decoded.byteOffset, decoded.byteLength)
  if (!bytes.equals(samples)) {
    throw invalidInput('PixelData', 'The encoder cannot hold these samples without loss.')
  }
}

type CodestreamEncoding = Exclude<
  FrameEncoding,
  { readonly kind: 'rle' } | { readonly kind: 'deflate-frame' }
>

function packRle(samples: Uint8Array, pixels: PixelDescription): Uint8Array {
  const { columns, samplesPerPixel } = pixels
  return encodeRle(samples, { columns, samplesPerPixel, bytesPerSample: bytesPerSample(pixels) })
}

/** Progression orders by their number in the codestream (ITU-T T.800 table A.16). */
const PROGRESSION = { default: 0, rpcl: 2 } as const

async function encodeCodestream(
  samples: Uint8Array,
  pixels: PixelDescription,
  encoding: CodestreamEncoding,
): Promise<Uint8Array> {
  const library = await loadNativeCodecs()
  const { NativeCodecs: codecs } = library
  const context = makeContext(library, pixels)
  context.setDecodedBuffer(samples)
  const encode = (): typeof context => {
    switch (encoding.kind) {
      case 'jpeg':
        return codecs.encodeJpeg(context, { lossy: true, quality: encoding.quality, sampleFactor: 0 })
      case 'jpeg-lossless':
        return codecs.encodeJpeg(context, { lossy: false, predictor: 1, pointTransform: 0 })
      case 'jpeg-ls':
        return codecs.encodeJpegLs(context, {
          lossy: encoding.allowedError > 0,
          allowedLossyError: encoding.allowedError,
        })
      case 'jpeg-2000':
        return codecs.encodeJpeg2000(context, {
          lossy: encoding.ratio !== undefined,
          ...(encoding.ratio === undefined ? {} : { rate: encoding.ratio }),
        })
      case 'htj2k':
        return codecs.encodeHtJpeg2000(context, {
          lossy: encoding.lossy,
          progressionOrder: PROGRESSION[encoding.progression],
        })
    }
  }
  const bytes = attempt(encode, encoding.kind).getEncodedBuffer()
  if (!bytes || bytes.length === 0) throw invalidInput('PixelData', 'The encoder returned nothing.')
  return new Uint8Array(bytes)
}

/** The library throws plain errors for what it cannot encode. */
function attempt<T>(encode: () => T, kind: string): T {
  try {
    return encode()
  } catch (error) {
    throw new CodecFailure(`The ${kind} encoder gave up on the frame.`, error)
  }
}
