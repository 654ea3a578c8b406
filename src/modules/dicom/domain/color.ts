import { invalidInput } from '../../../core/refusal.ts'
import type { StoredFrame } from './stored-frame.ts'

/** Rounded and kept within a byte. */
function clampByte(value: number): number {
  if (value <= 0) return 0
  return value >= 255 ? 255 : Math.round(value)
}

/** Contributions of the chroma samples to R, G and B, by sample value (ITU-R BT.601, PS3.3 C.7.6.3.1.2). */
type ChromaTables = {
  readonly luma: Float64Array
  readonly crToR: Float64Array
  readonly cbToG: Float64Array
  readonly crToG: Float64Array
  readonly cbToB: Float64Array
}

function tableOf(value: (sample: number) => number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, sample) => value(sample))
}

function chromaTables(lumaOf: (sample: number) => number, chromaScale: number): ChromaTables {
  const chroma = (factor: number): Float64Array => tableOf((sample) => factor * chromaScale * (sample - 128))
  return {
    luma: tableOf(lumaOf),
    crToR: chroma(1.402),
    cbToG: chroma(-0.344136),
    crToG: chroma(-0.714136),
    cbToB: chroma(1.772),
  }
}

const FULL = chromaTables((sample) => sample, 1)
const PARTIAL = chromaTables((sample) => ((sample - 16) * 255) / 219, 255 / 224)

/** Interleaved 8-bit YBR samples as RGB. */
export function ybrToRgb(ybr: Uint8Array, range: 'full' | 'partial'): Uint8Array {
  const { luma, crToR, cbToG, crToG, cbToB } = range === 'full' ? FULL : PARTIAL
  const rgb = new Uint8Array(ybr.length)
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = luma[ybr[at] ?? 0] ?? 0
    const cb = ybr[at + 1] ?? 0
    const cr = ybr[at + 2] ?? 0
    rgb[at] = clampByte(y + (crToR[cr] ?? 0))
    rgb[at + 1] = clampByte(y + (cbToG[cb] ?? 0) + (crToG[cr] ?? 0))
    rgb[at + 2] = clampByte(y + (cbToB[cb] ?? 0))
  }
  return rgb
}

/** A frame of three components as interleaved 8-bit RGB, wider samples reduced to their high bits. */
export function frameToRgb(frame: StoredFrame, bitsStored: number): Uint8Array {
  const bytes = toBytes(frame, bitsStored)
  switch (frame.photometric) {
    case 'YBR_FULL':
    case 'YBR_FULL_422':
      return ybrToRgb(bytes, 'full')
    case 'YBR_PARTIAL_422':
    case 'YBR_PARTIAL_420':
      return ybrToRgb(bytes, 'partial')
    case 'HSV':
    case 'ARGB':
    case 'CMYK':
      throw invalidInput('PixelData', `Photometric interpretation ${frame.photometric} is not supported.`)
    default:
      return bytes
  }
}

function toBytes({ samples }: StoredFrame, bitsStored: number): Uint8Array {
  if (samples instanceof Uint8Array) return samples
  const shift = Math.max(0, bitsStored - 8)
  return Uint8Array.from(samples, (sample) => clampByte(shift > 0 ? sample >>> shift : sample))
}
