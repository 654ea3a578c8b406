import { invalidInput } from '../../../core/refusal.ts'
import type { CodestreamHeader } from './codestream-header.ts'
import type { PixelDescription } from './pixel-description.ts'

/**
 * The description with what the codestream says of precision, sign and components, which beats the data set
 * (PS3.5 section 8.2). Sizes must agree: a frame of another size is refused before anything is decoded.
 *
 * @throws RefusedError `invalid-input`
 */
export function reconcilePixels(pixels: PixelDescription, header: CodestreamHeader): PixelDescription {
  const { rows, columns, components, bits } = header
  if (rows !== pixels.rows || columns !== pixels.columns) {
    throw invalidInput(
      'PixelData',
      `The compressed frame is ${columns} x ${rows}, the image ${pixels.columns} x ${pixels.rows} pixels.`,
    )
  }
  if (components !== 1 && components !== 3) {
    throw invalidInput('PixelData', `${components} samples per pixel are not supported.`)
  }
  if (bits > 16) throw invalidInput('PixelData', `${bits} compressed bits are not supported.`)
  const signed = pixels.signed || header.signed
  const bitsStored = signed ? Math.min(bits, pixels.bitsStored) : bits
  return {
    ...pixels,
    samplesPerPixel: components,
    bitsAllocated: bits > 8 || pixels.bitsAllocated === 16 ? 16 : 8,
    bitsStored,
    highBit: bitsStored - 1,
    signed,
    planar: false,
    photometric: codedPhotometric(pixels, header),
  }
}

/** What the decoded components mean: decoders deliver them as coded, except that JPEG 2000 undoes its transform. */
function codedPhotometric({ photometric, codec }: PixelDescription, header: CodestreamHeader): string {
  if (header.components === 1)
    return photometric.startsWith('YBR') || photometric === 'RGB' ? 'MONOCHROME2' : photometric
  if (photometric === 'YBR_RCT' || photometric === 'YBR_ICT') return 'RGB'
  if (codec !== 'jpeg') return isColor(photometric) ? photometric : 'RGB'
  if (header.adobeTransform === 1) return 'YBR_FULL'
  if (header.adobeTransform === 0) return 'RGB'
  return isColor(photometric) ? photometric : 'YBR_FULL'
}

function isColor(photometric: string): boolean {
  return photometric === 'RGB' || photometric.startsWith('YBR')
}
