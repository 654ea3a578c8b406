import { deflateRawSync } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'
import { bytesPerSample, type PixelDescription } from '../domain/pixel-description.ts'
import { encodeRle } from '../domain/rle.ts'
import { loadNativeCodecs, makeContext } from './jpeg-codec.ts'

/** The compressed forms that can be written, by the last part of their transfer syntax UID. */
export type FrameEncoding =
  | { readonly kind: 'rle' | 'deflate-frame' }
  | { readonly kind: 'jpeg'; readonly quality: number }
  | { readonly kind: 'jpeg-lossless' }
  | { readonly kind: 'jpeg-ls'; readonly allowedError: number }
  | { readonly kind: 'jpeg-2000'; readonly ratio: number | undefined }
  | { readonly kind: 'htj2k'; readonly lossy: boolean; readonly progression: 'rpcl' | 'default' }

/**
 * Compresses interleaved little-endian samples of one frame.
 *
 * @throws RefusedError `invalid-input` if the encoding cannot hold such samples
 */
export async function encodeFrame(
  samples: Uint8Array,
  pixels: PixelDescription,
  encoding: FrameEncoding,
): Promise<Uint8Array> {
  if (encoding.kind === 'deflate-frame') return deflateRawSync(samples)
  if (encoding.kind === 'rle') {
    const { columns, samplesPerPixel } = pixels
    return encodeRle(samples, { columns, samplesPerPixel, bytesPerSample: bytesPerSample(pixels) })
  }
  if (pixels.bitsAllocated !== 8 && pixels.bitsAllocated !== 16) {
    throw invalidInput('PixelData', `${pixels.bitsAllocated} bits allocated cannot be compressed so.`)
  }
  return encodeCodestream(samples, pixels, encoding)
}

type CodestreamEncoding = Exclude<FrameEncoding, { readonly kind: 'rle' | 'deflate-frame' }>

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
  const encoded = ((): typeof context => {
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
  })()
  const bytes = encoded.getEncodedBuffer()
  if (!bytes || bytes.length === 0) throw invalidInput('PixelData', 'The encoder returned nothing.')
  return new Uint8Array(bytes)
}
