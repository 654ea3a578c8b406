import { invalidInput } from '../../../core/refusal.ts'
import type { Picture } from '../domain/secondary-capture.ts'

/** Pixels that an uploaded picture may have; more is refused before it is decoded. */
const MOST_PIXELS = 1 << 28

const NOT_AN_IMAGE =
  'Upload a valid image. The file you uploaded was either not an image or a corrupted image.'

/**
 * Decodes a PNG or JPEG file for a Secondary Capture: grey stays grey (8 or 16 bits), colour becomes 8-bit RGB,
 * alpha is flattened on black, a rotation noted by the camera is applied.
 *
 * @throws RefusedError `invalid-input` for `image`
 */
export async function readPicture(file: Uint8Array): Promise<Picture> {
  if (file.length === 0) throw invalidInput('image', NOT_AN_IMAGE)
  // 20 MiB of native code that a server without DICOM never needs
  const { default: sharp } = await import('sharp')
  const metadata = await decoding(sharp(file, { limitInputPixels: MOST_PIXELS }).metadata())
  const { format, depth, channels } = metadata
  if (format !== 'png' && format !== 'jpeg') {
    throw invalidInput('image', 'Unsupported format! Allowed: PNG, JPEG.')
  }
  const isGrey = metadata.space === 'b-w' || metadata.space === 'grey16' || channels <= 2
  const isWide = isGrey && depth === 'ushort'
  const upright = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).autoOrient()
  const opaque = metadata.hasAlpha ? upright.flatten({ background: '#000000' }) : upright
  const converted = opaque.toColourspace(isWide ? 'grey16' : isGrey ? 'b-w' : 'srgb')
  const { data, info } = await decoding(
    converted.raw({ depth: isWide ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true }),
  )
  const samplesPerPixel = info.channels === 1 ? 1 : 3
  const picture: Picture = {
    rows: info.height,
    columns: info.width,
    samplesPerPixel,
    bitsAllocated: isWide ? 16 : 8,
    pixels: data,
    ...(format === 'jpeg' ? { lossyRatio: data.length / file.length } : {}),
  }
  return metadata.isPalette ? greyIfUncolored(picture) : picture
}

/** Sharp throws plain errors for whatever it cannot read. */
async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error) throw invalidInput('image', NOT_AN_IMAGE)
    throw error
  }
}

/** A palette of greys is a grey picture. */
function greyIfUncolored(picture: Picture): Picture {
  const { pixels, samplesPerPixel } = picture
  if (samplesPerPixel === 1) return picture
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return picture
  }
  return {
    ...picture,
    samplesPerPixel: 1,
    pixels: Uint8Array.from({ length: pixels.length / 3 }, (_, index) => pixels[index * 3] ?? 0),
  }
}
