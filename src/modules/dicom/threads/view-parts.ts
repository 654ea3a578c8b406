import type { CodecPool } from '../codecs/codec-pool.ts'
import {
  imageError,
  inOrder,
  missingFrames,
  type OpenImage,
  openImage,
  takeFrame,
} from '../codecs/render-images.ts'
import { elementRows } from '../domain/element-rows.ts'
import { modalityValue, readModality } from '../domain/grey-mapping.ts'
import { describeWarning } from '../domain/parse-warnings.ts'
import { findPixelElement } from '../domain/pixel-description.ts'
import { pixelFacts } from '../domain/pixel-facts.ts'
import { findText } from '../domain/read-value.ts'
import { planRendering } from '../domain/render-plan.ts'
import type { Samples } from '../domain/stored-frame.ts'
import { TAGS } from '../domain/tag.ts'
import { transferSyntaxName } from '../domain/transfer-syntax.ts'
import { findUid } from '../domain/uid-names.ts'
import type { ViewTask } from './file-task.ts'
import { framedPart } from './framed-part.ts'
import { type Instance, readInstances } from './read-instances.ts'

/** What one answer carries at most; the rest is counted and said to be left out. */
export type ViewLimits = {
  readonly instances: number
  readonly rows: number
  readonly rowsOfOne: number
  readonly frameBytes: number
}

export const VIEW_LIMITS: ViewLimits = {
  instances: 1000,
  rows: 200_000,
  rowsOfOne: 20_000,
  frameBytes: 256 * 2 ** 20,
}

/** Characters of a value that a table shows. */
const MOST_CHARACTERS = 1000

const INSTANCE_NUMBER = 0x00200013
const SERIES_DESCRIPTION = 0x0008103e

/**
 * All that a page shows of an uploaded file, as framed parts in the order in which they are looked at: for each
 * instance its elements and what its pixels are, followed by its frames as stored samples or, in colour, as RGB;
 * then what of an archive was passed over. Nothing is yielded before the file is known to be DICOM.
 *
 * @throws RefusedError `invalid-input` for `file` if it is not
 */
export async function* viewParts(task: ViewTask, pool: CodecPool): AsyncGenerator<Buffer> {
  const limits = task.limits ?? VIEW_LIMITS
  const skipped: { readonly name: string; readonly reason: string }[] = []
  const instances = readInstances(task, (name, reason) => skipped.push({ name, reason }))
  const left = { rows: limits.rows, bytes: limits.frameBytes }
  for (const [index, instance] of instances.slice(0, limits.instances).entries()) {
    const rows = [
      ...elementRows(instance.dataSet, {
        rows: Math.min(left.rows, limits.rowsOfOne),
        characters: MOST_CHARACTERS,
      }),
    ]
    left.rows -= rows.length
    const opened = openOrExplain(instance)
    yield framedPart({
      kind: 'instance',
      index,
      ...describeInstance(instance),
      ...opened.said,
      elements: rows,
    })
    if (opened.image) yield* frameParts(pool, opened.image, index, left)
  }
  for (const { name } of instances.slice(limits.instances))
    skipped.push({ name, reason: `Only the first ${limits.instances} files of an archive are shown.` })
  for (const one of skipped) yield framedPart({ kind: 'skipped', ...one })
  yield framedPart({ kind: 'end' })
}

function describeInstance({ name, file, dataSet }: Instance) {
  const sopClass = findText(dataSet, TAGS.sopClassUid) ?? ''
  return {
    name,
    instanceUid: findText(dataSet, TAGS.sopInstanceUid) ?? '',
    seriesUid: findText(dataSet, TAGS.seriesInstanceUid) ?? '',
    seriesDescription: findText(dataSet, SERIES_DESCRIPTION) ?? '',
    modality: findText(dataSet, TAGS.modality) ?? '',
    instanceNumber: findText(dataSet, INSTANCE_NUMBER) ?? '',
    sopClassName: findUid(sopClass)?.name ?? sopClass,
    transferSyntaxName: transferSyntaxName(file.transferSyntax.uid),
    warnings: file.warnings.map(describeWarning),
  }
}

type Opened = {
  readonly image?: OpenImage
  readonly said: { readonly pixels: unknown; readonly problem: string | null }
}

function openOrExplain({ file, dataSet }: Instance): Opened {
  if (!findPixelElement(dataSet)) return { said: { pixels: null, problem: null } }
  try {
    const image = openImage(file)
    const pixels = pixelFacts(dataSet, image.pixels, image.table.count)
    return { image, said: { pixels, problem: missingFrames(image) ?? null } }
  } catch (error) {
    return { said: { pixels: null, problem: imageError(error) } }
  }
}

type Left = { bytes: number }

/** Frames until one cannot be decoded or the bytes of the answer are used up. */
async function* frameParts(
  pool: CodecPool,
  image: OpenImage,
  instance: number,
  left: Left,
): AsyncGenerator<Buffer> {
  const { rows, columns, samplesPerPixel, bitsAllocated } = image.pixels
  const bytesOfOne = rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8)
  const count = Math.min(image.table.count, Math.floor(left.bytes / bytesOfOne))
  left.bytes -= count * bytesOfOne
  const frames = Array.from({ length: count }, (_, frame) => frame)
  let frame = 0
  try {
    for await (const { samples, form } of inOrder(pool, frames, (one) => frameOf(pool, image, one))) {
      const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
      yield framedPart(
        { kind: 'frame', instance, frame, form, sampleType: SAMPLE_TYPE[samples.constructor.name] },
        bytes,
      )
      frame += 1
    }
  } catch (error) {
    yield framedPart({ kind: 'problem', instance, frame, problem: imageError(error) })
    return
  }
  if (count < image.table.count) {
    const problem = `Only the first ${count} of ${image.table.count} frames are shown.`
    yield framedPart({ kind: 'problem', instance, frame, problem })
  }
}

const SAMPLE_TYPE: Readonly<Record<string, string>> = {
  Uint8Array: 'uint8',
  Int8Array: 'int8',
  Uint16Array: 'uint16',
  Int16Array: 'int16',
  Uint32Array: 'uint32',
  Int32Array: 'int32',
  Float32Array: 'float32',
  Float64Array: 'float64',
}

type ViewFrame = { readonly samples: Samples; readonly form: 'grey' | 'rgb' }

async function frameOf(pool: CodecPool, image: OpenImage, frame: number): Promise<ViewFrame> {
  const { pixels, file } = image
  const taken = takeFrame(image, frame)
  if (pixels.samplesPerPixel === 3 || pixels.photometric === 'PALETTE COLOR') {
    const plan = planRendering(file.dataSet, pixels, { frame, choice: { kind: 'default' } })
    const picture = await pool.run('picture', { frame: taken, plan, drawing: undefined })
    return { samples: picture.pixels, form: 'rgb' }
  }
  const { samples } = await pool.run('samples', taken)
  const modality = readModality(file.dataSet, pixels, frame)
  if (modality.kind === 'linear') return { samples, form: 'grey' }
  return { samples: Float32Array.from(samples, (stored) => modalityValue(modality, stored)), form: 'grey' }
}
