import type { PaddingRange } from '../domain/grey-mapping.ts'
import { drawOverlays, type Overlay } from '../domain/overlays.ts'
import type { PixelDescription } from '../domain/pixel-description.ts'
import { encodePng } from '../domain/png.ts'
import { type RenderedPicture, renderFrame, renderStored } from '../domain/render-frame.ts'
import type { RenderPlan } from '../domain/render-plan.ts'
import { rangeOfSamples, type SampleRange } from '../domain/sample-range.ts'
import { type StoredFrame, viewSamples } from '../domain/stored-frame.ts'
import { decodeFrame, type EncodedFrame } from './decode-frame.ts'
import { type CompressedFrame, encodeFrame, type FrameEncoding } from './encode-frame.ts'
import { encodeGifFrame } from './gif-frame.ts'

/** Overlay planes to draw on a frame, counted from 0. */
export type OverlayDrawing = { readonly overlays: readonly Overlay[]; readonly frame: number }

export type RenderJob = {
  readonly frame: EncodedFrame
  /** `stored` shows the samples as they are in 16 bits. */
  readonly plan: RenderPlan | 'stored'
  readonly drawing: OverlayDrawing | undefined
}

export type GifTiming = { readonly isFirst: boolean; readonly animated: boolean; readonly delayMs: number }

/** What a codec worker can be asked, and what it answers. */
export type CodecJobs = {
  readonly samples: { readonly job: EncodedFrame; readonly result: StoredFrame }
  readonly range: {
    readonly job: { readonly frame: EncodedFrame; readonly padding: PaddingRange | undefined }
    readonly result: SampleRange | undefined
  }
  readonly picture: { readonly job: RenderJob; readonly result: RenderedPicture }
  readonly png: {
    readonly job: RenderJob & { readonly level: number; readonly iccProfile: Uint8Array | undefined }
    readonly result: Uint8Array
  }
  readonly gif: { readonly job: RenderJob & { readonly timing: GifTiming }; readonly result: Uint8Array }
  readonly encode: {
    readonly job: {
      readonly samples: Uint8Array
      readonly pixels: PixelDescription
      readonly encoding: FrameEncoding
    }
    readonly result: CompressedFrame
  }
}

export type CodecJobKind = keyof CodecJobs

/** A job with its kind, as it is sent to a worker. */
export type CodecJob = {
  [K in CodecJobKind]: { readonly kind: K; readonly job: CodecJobs[K]['job'] }
}[CodecJobKind]

export type CodecResult = CodecJobs[CodecJobKind]['result']

/** Does one job; runs in a worker. */
export async function runCodecJob(request: CodecJob): Promise<CodecResult> {
  switch (request.kind) {
    case 'samples':
      return decodeFrame(request.job)
    case 'range':
      return rangeOfSamples((await decodeFrame(request.job.frame)).samples, request.job.padding)
    case 'picture':
      return renderJob(request.job)
    case 'png': {
      const { level, iccProfile } = request.job
      return encodePng(await renderJob(request.job), { level, iccProfile })
    }
    case 'gif':
      return encodeGifFrame(await renderJob(request.job), request.job.timing)
    case 'encode':
      return encodeFrame(request.job.samples, request.job.pixels, request.job.encoding)
  }
}

async function renderJob({ frame, plan, drawing }: RenderJob): Promise<RenderedPicture> {
  const stored = await decodeFrame(frame)
  if (plan === 'stored') return renderStored(stored)
  const picture = renderFrame(stored, plan)
  if (!drawing || drawing.overlays.length === 0) return picture
  return drawOverlays(picture, drawing.overlays, { frame: drawing.frame, rawWords: rawWords(frame) })
}

/** Native 16-bit samples with all their bits, for overlays that are embedded in the unused ones. */
function rawWords({ bytes, pixels }: EncodedFrame): Uint16Array | undefined {
  if (pixels.codec !== 'native' || pixels.bitsAllocated !== 16 || pixels.bigEndian) return undefined
  const words = viewSamples(bytes, { bitsAllocated: 16, signed: false, isFloat: false })
  return words instanceof Uint16Array ? words : undefined
}
