import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { readCodestreamHeader } from '../domain/codestream-header.ts'
import { valueBytes } from '../domain/data-set.ts'
import { frameDelayMs } from '../domain/frame-delay.ts'
import { type FrameTable, frameBytes, openFrameTable } from '../domain/frame-table.ts'
import { readPadding, type VoiChoice } from '../domain/grey-mapping.ts'
import { listOverlays } from '../domain/overlays.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { describePixels, type PixelDescription } from '../domain/pixel-description.ts'
import { reconcilePixels } from '../domain/reconcile-pixels.ts'
import type { RenderedPicture } from '../domain/render-frame.ts'
import { needsRange, planRendering, type RenderPlan } from '../domain/render-plan.ts'
import { joinRanges, type SampleRange } from '../domain/sample-range.ts'
import type { StoredFrame } from '../domain/stored-frame.ts'
import { TAGS } from '../domain/tag.ts'
import type { OverlayDrawing, RenderJob } from './codec-job.ts'
import type { CodecPool } from './codec-pool.ts'
import type { EncodedFrame } from './decode-frame.ts'
import { GIF_TRAILER } from './gif-frame.ts'

/** An image that is ready to be shown: its pixels described, its frames found. */
export type OpenImage = {
  readonly file: DicomFile
  readonly pixels: PixelDescription
  readonly table: FrameTable
}

export type RenderOptions = {
  readonly format: 'png' | 'jpeg' | 'gif'
  /** Frames counted from 0; all by default. */
  readonly frames?: readonly number[]
  readonly voi?: VoiChoice
  /** `stored` gives 16-bit PNG of the samples as they are. */
  readonly values?: 'display' | 'stored'
  readonly overlays?: 'draw' | 'leave'
  /** zlib level of PNG. */
  readonly level?: number
  /** 1 to 100, of JPEG. */
  readonly quality?: number
}

const DEFAULT_VOI: VoiChoice = { kind: 'default' }

/**
 * Opens the image of a file.
 *
 * @throws RefusedError `invalid-input` for `PixelData` with the reason why there is no picture
 */
export function openImage(file: DicomFile): OpenImage {
  const declared = describePixels(file)
  const table = openFrameTable(file.dataSet, declared)
  const header = table.element.fragments ? readCodestreamHeader(frameBytes(table, 0)) : undefined
  return { file, table, pixels: header ? reconcilePixels(declared, header) : declared }
}

/** What to say of an image with fewer whole frames than it announces; undefined if all are there. */
export function missingFrames({ pixels, table }: OpenImage): string | undefined {
  if (table.count >= pixels.frames) return undefined
  return `The image announces ${pixels.frames} frames and holds ${table.count}.`
}

/** One frame as it lies in the file, with all that a decoder needs to know of it. */
export function takeFrame({ table, pixels }: OpenImage, frame: number): EncodedFrame {
  if (!Number.isInteger(frame) || frame < 0 || frame >= table.count) {
    throw invalidInput('frames', `The image has ${table.count} frames.`)
  }
  return { bytes: new Uint8Array(frameBytes(table, frame)), skipBits: table.place(frame).skipBits, pixels }
}

/** The stored samples of one frame, counted from 0. */
export function decodeImageFrame(pool: CodecPool, image: OpenImage, frame: number): Promise<StoredFrame> {
  return pool.run('samples', takeFrame(image, frame))
}

/** Pictures of an image in order, made as they are asked for, several at a time; a GIF is a single picture. */
export async function* renderImages(
  pool: CodecPool,
  image: OpenImage,
  options: RenderOptions,
): AsyncGenerator<Uint8Array> {
  const frames = options.frames ?? Array.from({ length: image.table.count }, (_, index) => index)
  const range = await findRange(pool, image, options)
  const planOf = planner(image, { options, range })
  const prepare = (frame: number): RenderJob => prepareFrame(image, frame, { options, planOf })
  if (options.format === 'gif') {
    yield await renderGif(pool, image, { frames, prepare })
    return
  }
  yield* inOrder(pool, frames, (frame) =>
    options.format === 'jpeg'
      ? renderJpeg(pool, prepare(frame), options.quality ?? 90)
      : renderPng(pool, image, { job: prepare(frame), level: options.level ?? 1 }),
  )
}

/** The picture of one frame without a file format around it. */
export async function renderPicture(
  pool: CodecPool,
  image: OpenImage,
  options: RenderOptions & { readonly frame: number },
): Promise<RenderedPicture> {
  const range = await findRange(pool, image, options)
  return pool.run(
    'picture',
    prepareFrame(image, options.frame, { options, planOf: planner(image, { options, range }) }),
  )
}

/** How a job ended; one that failed says so when its turn comes, and nobody else has to listen. */
type Outcome<R> = readonly PromiseSettledResult<R>[]

/** Runs a job for each item, twice as many at once as there are threads, and yields results in order. */
export async function* inOrder<T, R>(
  { width }: Pick<CodecPool, 'width'>,
  items: readonly T[],
  start: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<Outcome<R>>[] = []
  for (const item of items) {
    underWay.push(Promise.allSettled([start(item)]))
    if (underWay.length >= width * 2) yield* takeFirst(underWay)
  }
  while (underWay.length > 0) yield* takeFirst(underWay)
}

async function* takeFirst<R>(underWay: Promise<Outcome<R>>[]): AsyncGenerator<R> {
  for (const first of underWay.splice(0, 1)) {
    for (const outcome of await first) {
      if (outcome.status === 'rejected') throw outcome.reason
      yield outcome.value
    }
  }
}

/** The range of the samples of all frames, where the brightness depends on it. */
async function findRange(
  pool: CodecPool,
  image: OpenImage,
  { voi = DEFAULT_VOI, values }: RenderOptions,
): Promise<SampleRange | undefined> {
  const { file, pixels, table } = image
  if (values === 'stored' || !needsRange(file.dataSet, pixels, { frame: 0, choice: voi })) return undefined
  const padding = readPadding(file.dataSet)
  const frames = Array.from({ length: table.count }, (_, index) => index)
  const ranges: (SampleRange | undefined)[] = []
  for await (const range of inOrder(pool, frames, (frame) =>
    pool.run('range', { frame: takeFrame(image, frame), padding }),
  )) {
    ranges.push(range)
  }
  return joinRanges(ranges)
}

type Planner = (frame: number) => RenderPlan

/** The plan of each frame; one for all frames unless they may differ in their functional groups. */
function planner(
  { file: { dataSet }, pixels }: OpenImage,
  { options, range }: { readonly options: RenderOptions; readonly range: SampleRange | undefined },
): Planner {
  const plan: Planner = (frame) =>
    planRendering(dataSet, pixels, { frame, choice: options.voi ?? DEFAULT_VOI, range })
  if (dataSet.elements.has(TAGS.perFrameFunctionalGroups)) return plan
  let common: RenderPlan | undefined
  return () => {
    common ??= plan(0)
    return common
  }
}

function prepareFrame(
  image: OpenImage,
  frame: number,
  { options, planOf }: { readonly options: RenderOptions; readonly planOf: Planner },
): RenderJob {
  const { file } = image
  const encoded = takeFrame(image, frame)
  if (options.values === 'stored') return { frame: encoded, plan: 'stored', drawing: undefined }
  const plan = planOf(frame)
  const drawing: OverlayDrawing | undefined =
    options.overlays === 'draw' ? { overlays: listOverlays(file.dataSet), frame } : undefined
  return { frame: encoded, plan, drawing }
}

function renderPng(
  pool: CodecPool,
  { file, pixels }: OpenImage,
  { job, level }: { readonly job: RenderJob; readonly level: number },
): Promise<Uint8Array> {
  const profile = pixels.samplesPerPixel === 3 ? file.dataSet.elements.get(TAGS.iccProfile) : undefined
  const iccProfile = profile && profile.length > 0 ? Uint8Array.from(valueBytes(profile)) : undefined
  return pool.run('png', { ...job, level, iccProfile })
}

async function renderJpeg(pool: CodecPool, job: RenderJob, quality: number): Promise<Uint8Array> {
  if (job.plan === 'stored') throw invalidInput('return_format', 'Stored values need PNG.')
  const picture = await pool.run('picture', job)
  return encodeJpeg(picture, quality)
}

/** A baseline JPEG file of an 8-bit picture. */
export async function encodeJpeg(
  { rows, columns, channels, pixels }: RenderedPicture,
  quality: number,
): Promise<Buffer> {
  // 20 MiB of native code that a server without DICOM never needs
  const { default: sharp } = await import('sharp')
  const image = sharp(pixels, { raw: { width: columns, height: rows, channels } })
  return (channels === 1 ? image.toColourspace('b-w') : image).jpeg({ quality }).toBuffer()
}

/** A still or an endless animation; its blocks are made apart and joined. */
async function renderGif(
  pool: CodecPool,
  { file }: OpenImage,
  { frames, prepare }: { readonly frames: readonly number[]; readonly prepare: (frame: number) => RenderJob },
): Promise<Uint8Array> {
  const animated = frames.length > 1
  const blocks: Uint8Array[] = []
  const entries = frames.map((frame, index) => ({ frame, isFirst: index === 0 }))
  for await (const block of inOrder(pool, entries, ({ frame, isFirst }) => {
    const job = prepare(frame)
    if (job.plan === 'stored') throw invalidInput('return_format', 'Stored values need PNG.')
    return pool.run('gif', {
      ...job,
      timing: { isFirst, animated, delayMs: frameDelayMs(file.dataSet, frame) },
    })
  })) {
    blocks.push(block)
  }
  return Buffer.concat([...blocks, GIF_TRAILER])
}

/** The reason why a file's pixels cannot be shown, for answers that give the metadata all the same. */
export function imageError(error: unknown): string {
  if (error instanceof RefusedError && error.refusal.kind === 'invalid-input') {
    return error.refusal.problems.map(({ problem }) => problem).join(' ')
  }
  throw error
}
