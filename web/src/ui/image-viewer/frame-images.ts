import { imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core'
import {
  type FrameFacts,
  firstWindow,
  rangeOf,
  shownValues,
  type ValueRange,
  type ViewerFrame,
} from './viewer-frame.ts'

const SCHEME = 'touchstone'

const frames = new Map<string, ViewerFrame>()
const ranges = new Map<string, ValueRange>()
let count = 0

/** Makes frames known to the renderer; the addresses go when `forgetFrames` is called. */
export function nameFrames(stack: readonly ViewerFrame[]): readonly string[] {
  return stack.map((frame) => {
    count += 1
    const id = `${SCHEME}:${count}`
    frames.set(id, frame)
    return id
  })
}

export function forgetFrames(ids: readonly string[]): void {
  for (const id of ids) {
    frames.delete(id)
    ranges.delete(id)
  }
}

/** The values that occur in a frame that was loaded. */
export function rangeOfFrame(id: string): ValueRange | undefined {
  return ranges.get(id)
}

let isRegistered = false

/** Feeds the renderer from our frames: what the server decoded, never a file that the browser would have to decode. */
export function registerFrames(): void {
  if (isRegistered) return
  isRegistered = true
  imageLoader.registerImageLoader(SCHEME, (id) => ({ promise: loadImage(id) }))
  metaData.addProvider((type: string, id: string) => describeFrame(type, frames.get(id)), 10_000)
}

async function loadImage(imageId: string): Promise<Types.IImage> {
  const frame = frames.get(imageId)
  if (frame === undefined) throw new Error('The frame is shown no longer.')
  const pixels = await frame.load()
  // what was only supposed of a frame may be known by now
  const { facts } = frame
  const { rows, columns, isColor, paddingValue, slope, intercept } = facts
  const values = pixels.form === 'rgb' ? pixels.samples : shownValues(pixels.samples, facts)
  const padding = paddingValue === null ? null : paddingValue * slope + intercept
  const range = pixels.form === 'rgb' ? { min: 0, max: 255 } : rangeOf(values, padding)
  ranges.set(imageId, range)
  const { center, width } = isColor ? { center: 128, width: 256 } : firstWindow(facts, range)
  const components = isColor ? 3 : 1
  const [rowSpacing, columnSpacing] = facts.spacingMm ?? [1, 1]
  return {
    imageId,
    minPixelValue: range.min,
    maxPixelValue: range.max,
    slope: 1,
    intercept: 0,
    windowCenter: center,
    windowWidth: width,
    voiLUTFunction: 'LINEAR',
    getPixelData: () => values as Types.PixelDataTypedArray,
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      width: columns,
      height: rows,
      scalarData: values as Types.PixelDataTypedArray,
      numberOfComponents: components,
    }),
    rows,
    columns,
    height: rows,
    width: columns,
    color: isColor,
    rgba: false,
    numberOfComponents: components,
    columnPixelSpacing: columnSpacing,
    rowPixelSpacing: rowSpacing,
    invert: facts.inverted,
    sizeInBytes: values.byteLength,
    dataType: values.constructor.name,
  } as Types.IImage
}

/** What the renderer asks of a frame, under the names of its own modules. */
function describeFrame(type: string, frame: ViewerFrame | undefined): unknown {
  if (frame === undefined) return undefined
  switch (type) {
    case 'imagePixelModule':
      return describePixels(frame.facts)
    case 'imagePlaneModule':
      return describePlane(frame.facts)
    case 'generalSeriesModule':
      return { modality: frame.facts.unit === 'HU' ? 'CT' : 'OT' }
    default:
      return undefined
  }
}

function describePixels({ rows, columns, isColor, inverted }: FrameFacts): unknown {
  const bits = isColor ? 8 : 16
  const grey = inverted ? 'MONOCHROME1' : 'MONOCHROME2'
  return {
    rows,
    columns,
    bitsAllocated: bits,
    bitsStored: bits,
    highBit: bits - 1,
    samplesPerPixel: isColor ? 3 : 1,
    pixelRepresentation: 0,
    photometricInterpretation: isColor ? 'RGB' : grey,
  }
}

/** Frames lie on one another: a measurement belongs to its frame, not to a place in the patient. */
function describePlane({ rows, columns, spacingMm }: FrameFacts): unknown {
  const [rowPixelSpacing, columnPixelSpacing] = spacingMm ?? [1, 1]
  return {
    rows,
    columns,
    rowPixelSpacing,
    columnPixelSpacing,
    frameOfReferenceUID: SCHEME,
    imagePositionPatient: [0, 0, 0],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowCosines: [1, 0, 0],
    columnCosines: [0, 1, 0],
    usingDefaultValues: spacingMm === null,
  }
}
