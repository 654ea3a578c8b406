import type { WireViewInstance, WireViewPart } from '../../../../src/dialects/native/dicom/reader.schema.ts'
import { type DeferredFrames, openDeferredFrames } from '../../ui/image-viewer/deferred-frames.ts'
import type { FrameFacts, FramePixels, ViewerFrame } from '../../ui/image-viewer/viewer-frame.ts'
import { readDicomFile } from './reader.ts'
import { typedSamples } from './typed-samples.ts'

/** An instance of a file that was dropped, with frames that may still be on their way. */
export interface ReadInstance {
  readonly key: string
  readonly facts: WireViewInstance
  readonly frames: readonly ViewerFrame[]
  /** Why there is no picture, or not all of it. */
  readonly problem: string | null
}

/** A file that was dropped, and what came of it so far. */
export interface ReadFile {
  readonly key: string
  readonly name: string
  readonly state: 'reading' | 'read' | 'failed'
  readonly problem: string | null
  readonly instances: readonly ReadInstance[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/**
 * Reads a file, telling what is known of it after every part that changes it.
 *
 * @param key by which the page knows the file
 */
export async function readFile(
  file: File,
  key: string,
  onChange: (file: ReadFile) => void,
  signal: AbortSignal,
): Promise<void> {
  let known: ReadFile = { key, name: file.name, state: 'reading', problem: null, instances: [], skipped: [] }
  const arriving = new Map<number, DeferredFrames>()
  const change = (parts: Partial<ReadFile>): void => {
    known = { ...known, ...parts }
    onChange(known)
  }
  const failAll = (reason: string): void => {
    for (const frames of arriving.values()) frames.fail(new Error(reason))
  }
  const take = (part: WireViewPart, payload: Uint8Array): void => {
    switch (part.kind) {
      case 'instance': {
        const frames = openDeferredFrames(part.pixels?.frames ?? 0)
        arriving.set(part.index, frames)
        change({ instances: [...known.instances, instanceOf(part, `${key}-${part.index}`, frames)] })
        return
      }
      case 'frame':
        arriving.get(part.instance)?.arrive(part.frame, pixelsOf(part, payload))
        return
      case 'problem':
        arriving.get(part.instance)?.fail(new Error(part.problem))
        change({ instances: withProblem(known.instances, part) })
        return
      case 'skipped':
        change({ skipped: [...known.skipped, { name: part.name, reason: part.reason }] })
        return
      case 'end':
        change({ state: 'read' })
    }
  }
  change({})
  try {
    await readDicomFile(file, take, signal)
    failAll('The frame was not sent.')
  } catch (error) {
    if (signal.aborted) return
    const problem = error instanceof Error ? error.message : String(error)
    failAll(problem)
    change({ state: 'failed', problem })
  }
}

function instanceOf(facts: WireViewInstance, key: string, frames: DeferredFrames): ReadInstance {
  const { pixels, problem, instanceNumber, name } = facts
  const label = instanceNumber === '' ? name : `Instance ${instanceNumber}`
  const count = pixels?.frames ?? 0
  return {
    key,
    facts,
    problem,
    frames: Array.from({ length: count }, (_, frame) => ({
      facts: frameFacts(pixels),
      label: count > 1 ? `${label}, frame ${frame + 1}` : label,
      load: () => frames.load(frame),
    })),
  }
}

function frameFacts(pixels: WireViewInstance['pixels']): FrameFacts {
  if (pixels === null) throw new Error('There are no frames without pixels.')
  const { rows, columns, slope, intercept, unit, bitsStored, photometric, inverted } = pixels
  return {
    ...{ rows, columns, slope, intercept, unit, bitsStored, inverted },
    isColor: !photometric.startsWith('MONOCHROME'),
    windows: pixels.windows.map(({ center, width, explanation }, index) => ({
      label:
        explanation || (pixels.windows.length > 1 ? `Window ${index + 1} of the file` : 'Window of the file'),
      center,
      width,
    })),
    paddingValue: pixels.paddingValue,
    spacingMm: pixels.spacingMm,
    frameTimeMs: pixels.frameTimeMs,
  }
}

function pixelsOf(
  { form, sampleType }: Extract<WireViewPart, { readonly kind: 'frame' }>,
  payload: Uint8Array,
): FramePixels {
  if (form === 'rgb') return { form, samples: payload }
  return { form, samples: typedSamples(sampleType, payload.buffer as ArrayBuffer) }
}

function withProblem(
  instances: readonly ReadInstance[],
  { instance, problem }: { readonly instance: number; readonly problem: string },
): readonly ReadInstance[] {
  return instances.map((one) => (one.facts.index === instance ? { ...one, problem } : one))
}
