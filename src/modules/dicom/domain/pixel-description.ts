import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import type { DicomFile } from './parse-file.ts'
import { findNumber, findText } from './read-value.ts'
import { TAGS } from './tag.ts'
import { type Codec, GE_PRIVATE_BIG_ENDIAN_PIXELS, transferSyntaxName } from './transfer-syntax.ts'

/** How the samples of an image are stored (Image Pixel module, PS3.3 C.7.6.3), checked and completed. */
export type PixelDescription = {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  readonly samplesPerPixel: 1 | 3
  readonly bitsAllocated: 1 | 8 | 16 | 32 | 64
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  readonly isFloat: boolean
  readonly planar: boolean
  readonly photometric: string
  readonly codec: Codec
  /** Words of native samples are in big endian. */
  readonly bigEndian: boolean
  /** Samples of up to 8 bits lie in big-endian words of 16 bits, two bytes the wrong way round (PS3.5 annex D). */
  readonly swappedBytes: boolean
}

/** Samples of one frame that are worked on at once; a larger image is refused rather than decoded. */
export const MOST_FRAME_SAMPLES = 1 << 28

/** The element that holds the pixels: Pixel Data or one of its floating-point kin. */
export function findPixelElement({ elements }: DataSet): DicomElement | undefined {
  return (
    elements.get(TAGS.pixelData) ??
    elements.get(TAGS.floatPixelData) ??
    elements.get(TAGS.doubleFloatPixelData)
  )
}

function refuse(problem: string): never {
  throw invalidInput('PixelData', problem)
}

/**
 * Describes the pixels of a file.
 *
 * @throws RefusedError `invalid-input` with the reason why the image cannot be shown
 */
export function describePixels({ dataSet, transferSyntax }: DicomFile): PixelDescription {
  const element = findPixelElement(dataSet) ?? refuse('The file has no Pixel Data.')
  const isFloat = element.tag !== TAGS.pixelData
  const bitsAllocated = isFloat ? floatBits(element) : parseBits(dataSet)
  const bitsStored = isFloat ? bitsAllocated : storedBits(dataSet, bitsAllocated)
  const codec = element.fragments ? transferSyntax.codec : 'native'
  if (codec === 'opaque') refuse(unsupported(transferSyntax.uid))
  const samplesPerPixel = parseSamples(dataSet)
  const rows = requireCount(dataSet, TAGS.rows, 'Rows')
  const columns = requireCount(dataSet, TAGS.columns, 'Columns')
  if (rows * columns * samplesPerPixel > MOST_FRAME_SAMPLES) refuse('The image is too large to be decoded.')
  return {
    rows,
    columns,
    frames: countFrames(dataSet),
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: highBitOf(dataSet, bitsAllocated, bitsStored),
    signed: !isFloat && findNumber(dataSet, TAGS.pixelRepresentation) === 1,
    isFloat,
    planar: samplesPerPixel > 1 && findNumber(dataSet, TAGS.planarConfiguration) === 1,
    photometric: findText(dataSet, TAGS.photometricInterpretation)?.toUpperCase() || 'MONOCHROME2',
    codec,
    bigEndian: element.bigEndian || transferSyntax.uid === GE_PRIVATE_BIG_ENDIAN_PIXELS.uid,
    swappedBytes: element.bigEndian && element.vr === 'OW' && bitsAllocated <= 8 && codec === 'native',
  }
}

function unsupported(uid: string): string {
  return `Unsupported transfer syntax ${uid} (${transferSyntaxName(uid)})`
}

function floatBits({ tag }: DicomElement): 32 | 64 {
  return tag === TAGS.floatPixelData ? 32 : 64
}

function parseBits(dataSet: DataSet): 1 | 8 | 16 | 32 {
  const bits = findNumber(dataSet, TAGS.bitsAllocated)
  if (bits === undefined) return refuse('Bits Allocated is missing.')
  if (bits === 1 || bits === 8 || bits === 16 || bits === 32) return bits
  return refuse(`${bits} bits allocated are not supported.`)
}

/** Bits Stored where it makes sense; files that leave it out or exceed Bits Allocated use all of them. */
function storedBits(dataSet: DataSet, bitsAllocated: number): number {
  const bits = findNumber(dataSet, TAGS.bitsStored) ?? bitsAllocated
  return bits >= 1 && bits <= bitsAllocated ? bits : bitsAllocated
}

function highBitOf(dataSet: DataSet, bitsAllocated: number, bitsStored: number): number {
  const highBit = findNumber(dataSet, TAGS.highBit) ?? bitsStored - 1
  return highBit >= bitsStored - 1 && highBit < bitsAllocated ? highBit : bitsStored - 1
}

function parseSamples(dataSet: DataSet): 1 | 3 {
  const samples = findNumber(dataSet, TAGS.samplesPerPixel) ?? 1
  return samples === 1 || samples === 3 ? samples : refuse(`${samples} samples per pixel are not supported.`)
}

function requireCount(dataSet: DataSet, tag: number, name: string): number {
  const count = findNumber(dataSet, tag)
  return count !== undefined && count > 0 ? count : refuse(`${name} is missing or zero.`)
}

/** Number of Frames; absent, empty, unreadable or zero is one. */
export function countFrames(dataSet: DataSet): number {
  const frames = findNumber(dataSet, 0x00280008)
  return frames !== undefined && frames >= 1 ? Math.floor(frames) : 1
}

/** Bytes that one frame takes in the decoded form of {@link StoredFrame}. */
export function bytesPerSample({ bitsAllocated }: Pick<PixelDescription, 'bitsAllocated'>): number {
  return bitsAllocated === 1 ? 1 : bitsAllocated / 8
}
