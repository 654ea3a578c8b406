import type { DataSet } from './data-set.ts'
import { frameDelayMs } from './frame-delay.ts'
import { isInverted, listVoiLuts, listWindows, readModality, readPadding } from './grey-mapping.ts'
import { listOverlays } from './overlays.ts'
import type { PixelDescription } from './pixel-description.ts'
import { findNumber, findText, readNumbers } from './read-value.ts'
import type { Tag } from './tag.ts'
import type { VoiWindow } from './voi-window.ts'

/** What a viewer must know of an image besides its samples. */
export type PixelFacts = {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** Samples are stored values; the modality value is `stored × slope + intercept`. */
  readonly slope: number
  readonly intercept: number
  /** Rescale Type, such as `HU` */
  readonly unit: string | null
  readonly bitsStored: number
  readonly photometric: string
  readonly windows: readonly VoiWindow[]
  /** Low values are white. */
  readonly inverted: boolean
  readonly paddingValue: number | null
  /** distance of rows, distance of columns, in mm */
  readonly spacingMm: readonly [number, number] | null
  /** `imager` is measured at the detector, not in the patient */
  readonly spacingFrom: 'patient' | 'imager' | null
  readonly frameTimeMs: number | null
  readonly hasVoiLut: boolean
  readonly overlays: number
}

const PIXEL_SPACING: Tag = 0x00280030
const IMAGER_PIXEL_SPACING: Tag = 0x00181164
const RESCALE_TYPE: Tag = 0x00281054

/** The facts of an image, those of its first frame where frames may differ. A Modality LUT is not described by them. */
export function pixelFacts(dataSet: DataSet, pixels: PixelDescription, frames: number): PixelFacts {
  const modality = readModality(dataSet, pixels, 0)
  const { slope, intercept } = modality.kind === 'linear' ? modality : { slope: 1, intercept: 0 }
  const inPatient = readSpacing(dataSet, PIXEL_SPACING)
  const atImager = readSpacing(dataSet, IMAGER_PIXEL_SPACING)
  return {
    rows: pixels.rows,
    columns: pixels.columns,
    frames,
    slope,
    intercept,
    unit: unitOf(dataSet),
    bitsStored: pixels.bitsStored,
    photometric: pixels.photometric,
    windows: listWindows(dataSet, 0),
    inverted: isInverted(dataSet, pixels),
    paddingValue: readPadding(dataSet)?.low ?? null,
    spacingMm: inPatient ?? atImager ?? null,
    spacingFrom: inPatient ? 'patient' : atImager ? 'imager' : null,
    frameTimeMs: frames > 1 ? frameDelayMs(dataSet, 0) : null,
    hasVoiLut: listVoiLuts(dataSet, pixels).length > 0,
    overlays: listOverlays(dataSet).length,
  }
}

function readSpacing(dataSet: DataSet, tag: Tag): readonly [number, number] | undefined {
  const element = dataSet.elements.get(tag)
  const [row = Number.NaN, column = Number.NaN] = element ? readNumbers(element, dataSet) : []
  return row > 0 && column > 0 && Number.isFinite(row + column) ? [row, column] : undefined
}

/** CT without Rescale Type is in Hounsfield units (PS3.3 C.8.2.1.1.2); `US` means unspecified. */
function unitOf(dataSet: DataSet): string | null {
  const type = findText(dataSet, RESCALE_TYPE)
  if (type && type !== 'US') return type
  const isRescaledCt = findText(dataSet, 0x00080060) === 'CT' && findNumber(dataSet, 0x00281053) !== undefined
  return isRescaledCt ? 'HU' : null
}
