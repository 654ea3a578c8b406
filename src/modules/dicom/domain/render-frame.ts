import { frameToRgb } from './color.ts'
import { greyValue } from './grey-mapping.ts'
import { applyPalette } from './palette.ts'
import type { RenderPlan } from './render-plan.ts'
import type { StoredFrame } from './stored-frame.ts'

/** A picture for people: 8 bits a channel, or 16 for stored values, rows without padding. */
export type RenderedPicture = {
  readonly rows: number
  readonly columns: number
  readonly channels: 1 | 3
  readonly bits: 8 | 16
  /** Interleaved; 16-bit values in big endian, as PNG stores them. */
  readonly pixels: Uint8Array
}

/** Renders a frame as 8-bit grey or RGB. */
export function renderFrame(frame: StoredFrame, plan: RenderPlan): RenderedPicture {
  const { rows, columns } = frame
  const picture = (channels: 1 | 3, pixels: Uint8Array): RenderedPicture => ({
    rows,
    columns,
    channels,
    bits: 8,
    pixels,
  })
  if (frame.samplesPerPixel === 3) {
    return picture(3, frameToRgb(frame, plan.kind === 'color' ? plan.bitsStored : 8))
  }
  if (plan.kind === 'palette') return picture(3, applyPalette(frame.samples, plan.palette))
  const grey = mapGrey(frame, plan)
  const supplement = plan.kind === 'grey' ? plan.supplement : undefined
  if (!supplement) return picture(1, grey)
  const colors = applyPalette(frame.samples, supplement)
  return picture(3, mixColors(frame, { grey, colors, first: supplement.first }))
}

function mapGrey({ samples }: StoredFrame, plan: RenderPlan): Uint8Array {
  const grey = new Uint8Array(samples.length)
  if (plan.kind !== 'grey') return grey
  const { table, mapping } = plan
  if (table) for (let at = 0; at < samples.length; at += 1) grey[at] = table[(samples[at] ?? 0) & 0xffff] ?? 0
  else for (let at = 0; at < samples.length; at += 1) grey[at] = greyValue(mapping, samples[at] ?? 0)
  return grey
}

/** Grey below the first mapped value, colour from it on. */
function mixColors(
  { samples }: StoredFrame,
  { grey, colors, first }: { readonly grey: Uint8Array; readonly colors: Uint8Array; readonly first: number },
): Uint8Array {
  for (let at = 0; at < samples.length; at += 1) {
    if ((samples[at] ?? 0) < first) colors.fill(grey[at] ?? 0, at * 3, at * 3 + 3)
  }
  return colors
}

/**
 * The stored samples as they are, in 16 bits: signed values are shifted up by half the range, wider ones keep
 * their high half, floating-point ones are spread over it.
 */
export function renderStored({ rows, columns, samplesPerPixel, samples }: StoredFrame): RenderedPicture {
  const pixels = Buffer.alloc(samples.length * 2)
  const toWord = wordOf(samples)
  for (let at = 0; at < samples.length; at += 1) pixels.writeUInt16BE(toWord(samples[at] ?? 0), at * 2)
  return { rows, columns, channels: samplesPerPixel, bits: 16, pixels }
}

function wordOf(samples: StoredFrame['samples']): (sample: number) => number {
  if (samples instanceof Int16Array || samples instanceof Int8Array) return (sample) => sample + 32768
  if (samples instanceof Uint32Array) return (sample) => sample >>> 16
  if (samples instanceof Int32Array) return (sample) => (sample >> 16) + 32768
  if (!(samples instanceof Float32Array || samples instanceof Float64Array)) return (sample) => sample
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const sample of samples) {
    if (sample < min) min = sample
    if (sample > max) max = sample
  }
  const span = Number.isFinite(max - min) && max > min ? max - min : 1
  return (sample) => Math.max(0, Math.min(65535, Math.round(((sample - min) / span) * 65535) || 0))
}
