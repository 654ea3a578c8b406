import { invalidInput } from '../../../core/refusal.ts'
import { ybrToRgb } from '../domain/color.ts'
import type { DataSet, DicomElement } from '../domain/data-set.ts'
import {
  makeBytesElement,
  makeDataSet,
  makeElement,
  makeEncapsulatedPixelData,
} from '../domain/make-element.ts'
import type { PixelDescription } from '../domain/pixel-description.ts'
import type { StoredFrame } from '../domain/stored-frame.ts'
import { TAGS, type Tag } from '../domain/tag.ts'
import type { CodecPool } from './codec-pool.ts'
import type { FrameEncoding } from './encode-frame.ts'
import { decodeImageFrame, type OpenImage } from './render-images.ts'

/** Bytes of decoded frames that one transcoding may hold. */
const MOST_DECODED_BYTES = 1 << 30

/** Elements that describe the form of the pixels, or point into the old one. */
const OF_THE_FORM: readonly Tag[] = [
  TAGS.extendedOffsetTable,
  TAGS.extendedOffsetTableLengths,
  TAGS.planarConfiguration,
  TAGS.pixelData,
]

/**
 * The data set with native Pixel Data, for the uncompressed transfer syntaxes: frames decoded, colour
 * interleaved, lossy YBR turned to RGB, the describing attributes corrected.
 *
 * @throws RefusedError `invalid-input` if a frame cannot be decoded or the result would be too large
 */
export async function transcodeToNative(pool: CodecPool, image: OpenImage): Promise<DataSet> {
  const frames = await decodeAll(pool, image)
  const [first] = frames
  if (!first) return image.file.dataSet
  const pixels = Buffer.concat(frames.map(({ samples }) => bytesOf(samples)))
  const vr = first.samples.BYTES_PER_ELEMENT === 1 ? 'OB' : 'OW'
  return replacePixels(image, first, makeBytesElement(TAGS.pixelData, vr, pixels))
}

/**
 * The data set with compressed Pixel Data.
 *
 * @throws RefusedError `invalid-input` if the encoding cannot hold the samples
 */
export async function transcodeToCompressed(
  pool: CodecPool,
  image: OpenImage,
  encoding: FrameEncoding,
): Promise<DataSet> {
  const frames = await decodeAll(pool, image)
  const [first] = frames
  if (!first) return image.file.dataSet
  const pixels = describeDecoded(image.pixels, first)
  const compressed = await Promise.all(
    frames.map(({ samples }) =>
      pool.run('encode', { samples: new Uint8Array(bytesOf(samples)), pixels, encoding }),
    ),
  )
  const photometric = compressed[0]?.photometric ?? first.photometric
  const element = makeEncapsulatedPixelData(compressed.map(({ bytes }) => bytes))
  return replacePixels(image, { ...first, photometric }, element)
}

async function decodeAll(pool: CodecPool, image: OpenImage): Promise<readonly StoredFrame[]> {
  const { rows, columns, samplesPerPixel, bitsAllocated, isFloat } = image.pixels
  if (isFloat) throw invalidInput('PixelData', 'Floating-point pixels are always native.')
  const bytes = rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8) * image.table.count
  if (bytes > MOST_DECODED_BYTES) throw invalidInput('PixelData', 'The image is too large to be transcoded.')
  const frames: StoredFrame[] = []
  for (let frame = 0; frame < image.table.count; frame += pool.width) {
    const part = Array.from(
      { length: Math.min(pool.width, image.table.count - frame) },
      (_, index) => frame + index,
    )
    frames.push(...(await Promise.all(part.map((index) => decodeImageFrame(pool, image, index)))))
  }
  return frames.map(asPlainColor)
}

/** Colour that only a compressed or subsampled form has becomes RGB. */
function asPlainColor(frame: StoredFrame): StoredFrame {
  const { photometric, samples } = frame
  if (!photometric.startsWith('YBR') || !(samples instanceof Uint8Array)) return frame
  const range = photometric.startsWith('YBR_PARTIAL') ? 'partial' : 'full'
  return { ...frame, samples: ybrToRgb(samples, range), photometric: 'RGB' }
}

function bytesOf({ buffer, byteOffset, byteLength }: StoredFrame['samples']): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** How decoded samples are stored: 1-bit ones take a byte each. */
function describeDecoded(
  pixels: PixelDescription,
  { samples, samplesPerPixel, photometric }: StoredFrame,
): PixelDescription {
  const bits = samples.BYTES_PER_ELEMENT * 8
  const bitsAllocated = bits === 16 || bits === 32 ? bits : 8
  return {
    ...pixels,
    codec: 'native',
    bigEndian: false,
    swappedBytes: false,
    planar: false,
    bitsAllocated,
    samplesPerPixel,
    photometric,
  }
}

function replacePixels(
  { file, pixels, table }: OpenImage,
  frame: StoredFrame,
  pixelData: DicomElement,
): DataSet {
  const described = describeDecoded(pixels, frame)
  const kept = [...file.dataSet.elements.values()].filter(({ tag }) => !OF_THE_FORM.includes(tag))
  return makeDataSet([
    ...kept,
    makeElement(TAGS.samplesPerPixel, described.samplesPerPixel),
    makeElement(TAGS.photometricInterpretation, described.photometric),
    ...(described.samplesPerPixel === 3 ? [makeElement(TAGS.planarConfiguration, 0)] : []),
    makeElement(TAGS.bitsAllocated, described.bitsAllocated),
    makeElement(TAGS.bitsStored, described.bitsStored),
    makeElement(TAGS.highBit, described.bitsStored - 1),
    ...(table.count < pixels.frames ? [makeElement(TAGS.numberOfFrames, String(table.count))] : []),
    pixelData,
  ])
}
