import { type Modality, modalityValue, type PaddingRange } from './grey-mapping.ts'
import type { Samples } from './stored-frame.ts'

/** The smallest and largest stored sample of a frame, padding and NaN left out. */
export type SampleRange = { readonly min: number; readonly max: number }

export function rangeOfSamples(samples: Samples, padding: PaddingRange | undefined): SampleRange | undefined {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  const low = padding?.low ?? Number.POSITIVE_INFINITY
  const high = padding?.high ?? Number.NEGATIVE_INFINITY
  for (const sample of samples) {
    if (sample >= low && sample <= high) continue
    if (sample < min) min = sample
    if (sample > max) max = sample
  }
  return Number.isFinite(min) && Number.isFinite(max) ? { min, max } : undefined
}

/** The range that covers all of several ranges. */
export function joinRanges(ranges: readonly (SampleRange | undefined)[]): SampleRange | undefined {
  const known = ranges.filter((range) => range !== undefined)
  if (known.length === 0) return undefined
  return known.reduce((one, other) => ({
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
  }))
}

/** The modality values between the ends of a range of stored ones; a table need not be monotonic. */
export function modalityRange(modality: Modality, { min, max }: SampleRange): SampleRange {
  if (modality.kind === 'linear') {
    const ends = [modalityValue(modality, min), modalityValue(modality, max)]
    return { min: Math.min(...ends), max: Math.max(...ends) }
  }
  let range: SampleRange = { min: modalityValue(modality, min), max: modalityValue(modality, max) }
  for (let stored = min; stored <= max; stored += 1) {
    const value = modalityValue(modality, stored)
    range = { min: Math.min(range.min, value), max: Math.max(range.max, value) }
  }
  return range
}
