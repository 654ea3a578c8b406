import type { DataSet } from './data-set.ts'
import {
  chooseVoi,
  type GreyMapping,
  greyTable,
  isInverted,
  readModality,
  readPadding,
  type VoiChoice,
} from './grey-mapping.ts'
import { hasPalette, type Palette, readPalette } from './palette.ts'
import type { PixelDescription } from './pixel-description.ts'
import { modalityRange, type SampleRange } from './sample-range.ts'

/**
 * What is needed to turn stored samples into a picture, and nothing else: plain data that a worker can be
 * given. Samples of up to 16 bits are mapped by `table`, others by the mapping itself.
 */
export type RenderPlan =
  | { readonly kind: 'color'; readonly bitsStored: number }
  | { readonly kind: 'palette'; readonly palette: Palette }
  | {
      readonly kind: 'grey'
      readonly mapping: GreyMapping
      readonly table: Uint8Array | undefined
      /** Stored values from its first on are shown in colour (PS3.3 C.7.6.19). */
      readonly supplement: Palette | undefined
    }

export type PlanChoice = { readonly frame: number; readonly choice: VoiChoice }

/** Whether the plan of a frame depends on the range of the image's samples. */
export function needsRange(dataSet: DataSet, pixels: PixelDescription, plan: PlanChoice): boolean {
  return isGrey(pixels) && chooseVoi(dataSet, pixels, plan) === undefined
}

function isGrey({ samplesPerPixel, photometric }: PixelDescription): boolean {
  return samplesPerPixel === 1 && photometric !== 'PALETTE COLOR'
}

/**
 * The plan of a frame, counted from 0.
 *
 * @param range of the stored samples of all frames, where {@link needsRange}
 * @throws RefusedError `invalid-input` if a palette is damaged
 */
export function planRendering(
  dataSet: DataSet,
  pixels: PixelDescription,
  { range, ...plan }: PlanChoice & { readonly range?: SampleRange | undefined },
): RenderPlan {
  if (pixels.samplesPerPixel === 3) return { kind: 'color', bitsStored: pixels.bitsStored }
  if (!isGrey(pixels)) return { kind: 'palette', palette: readPalette(dataSet, pixels.signed) }
  const modality = readModality(dataSet, pixels, plan.frame)
  const shown = modalityRange(modality, range ?? { min: 0, max: 0 })
  const mapping: GreyMapping = {
    modality,
    voi: chooseVoi(dataSet, pixels, plan) ?? { kind: 'range', ...shown },
    invert: isInverted(dataSet, pixels),
    padding: readPadding(dataSet),
  }
  const isNarrow = pixels.bitsStored <= 16 && !pixels.isFloat
  return {
    kind: 'grey',
    mapping,
    table: isNarrow ? greyTable(mapping, pixels) : undefined,
    supplement: hasPalette(dataSet) ? readPalette(dataSet, pixels.signed) : undefined,
  }
}
