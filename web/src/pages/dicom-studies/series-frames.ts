import type {
  WireInstance,
  WirePixels,
  WireSeries,
} from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { pictureAddress, readPixels, readSamples } from '../../api/dicom/studies.ts'
import { typedSamples } from '../../api/dicom/typed-samples.ts'
import type { FrameFacts, FramePixels, ViewerFrame } from '../../ui/image-viewer/viewer-frame.ts'

/** A picture of a series, with the instance it comes from. */
export interface SeriesFrame extends ViewerFrame {
  readonly instanceUid: string
  /** From 1. */
  readonly frame: number
}

/**
 * The frames of a series. Of the first image everything is known; of the others it is asked when they are looked at,
 * and until then they are taken to be like the first.
 */
export function seriesFrames({ instances }: WireSeries, first: WirePixels): readonly SeriesFrame[] {
  return instances.flatMap((instance, index) =>
    instance.frames > 0
      ? instanceFrames(instance, index === 0 ? first : { ...first, ...sizeOf(instance, first) })
      : [],
  )
}

function sizeOf({ rows, columns }: WireInstance, first: WirePixels): Pick<WirePixels, 'rows' | 'columns'> {
  return { rows: rows ?? first.rows, columns: columns ?? first.columns }
}

function instanceFrames(instance: WireInstance, supposed: WirePixels): readonly SeriesFrame[] {
  const { instanceUid, instanceNumber, frames } = instance
  const label = instanceNumber === null ? 'Image' : `Image ${instanceNumber}`
  let facts = frameFacts(supposed)
  let asked: Promise<WirePixels> | undefined
  const ask = async (): Promise<WirePixels> => {
    asked ??= readPixels(instanceUid)
    const pixels = await asked
    facts = frameFacts(pixels)
    return pixels
  }
  return Array.from({ length: frames }, (_, index) => ({
    instanceUid,
    frame: index + 1,
    label: frames > 1 ? `${label}, frame ${index + 1}` : label,
    get facts() {
      return facts
    },
    load: async () => loadFrame(instanceUid, index + 1, await ask()),
  }))
}

async function loadFrame(instanceUid: string, frame: number, pixels: WirePixels): Promise<FramePixels> {
  const isPlainRgb = pixels.samplesPerPixel === 3 && pixels.sampleType === 'uint8'
  if (isColor(pixels) && !isPlainRgb) return { form: 'rgb', samples: await readPicture(instanceUid, frame) }
  const samples = await readSamples(instanceUid, frame)
  return isPlainRgb
    ? { form: 'rgb', samples: new Uint8Array(samples) }
    : { form: 'grey', samples: typedSamples(pixels.sampleType, samples) }
}

/** RGB of the picture that the server makes, where colours stand in a palette or in more than 8 bits. */
async function readPicture(instanceUid: string, frame: number): Promise<Uint8Array> {
  const image = new Image()
  image.src = pictureAddress(instanceUid, frame)
  await image.decode()
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
  const drawing = canvas.getContext('2d')
  if (drawing === null) throw new Error('This browser cannot take pictures apart.')
  drawing.drawImage(image, 0, 0)
  const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height)
  return Uint8Array.from(
    { length: (data.length / 4) * 3 },
    (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0,
  )
}

function isColor({ samplesPerPixel, photometric }: WirePixels): boolean {
  return samplesPerPixel === 3 || photometric === 'PALETTE COLOR'
}

function frameFacts(pixels: WirePixels): FrameFacts {
  const { rows, columns, slope, intercept, unit, bitsStored, windows, paddingValue, spacingMm } = pixels
  return {
    ...{ rows, columns, slope, intercept, unit, bitsStored, paddingValue, spacingMm },
    isColor: isColor(pixels),
    inverted: pixels.photometric === 'MONOCHROME1',
    windows: windows.map(({ center, width, explanation }, index) => ({
      label: explanation ?? (windows.length > 1 ? `Window ${index + 1} of the file` : 'Window of the file'),
      center,
      width,
    })),
    frameTimeMs: pixels.frameTimeMs,
  }
}
