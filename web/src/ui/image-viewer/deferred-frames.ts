import type { FramePixels } from './viewer-frame.ts'

/** Frames that arrive one after the other, and may be asked for before they are there. */
export interface DeferredFrames {
  readonly load: (frame: number) => Promise<FramePixels>
  readonly arrive: (frame: number, pixels: FramePixels) => void
  /** Frames that did not arrive so far will not, for this reason. */
  readonly fail: (reason: Error) => void
}

export function openDeferredFrames(count: number): DeferredFrames {
  const frames = Array.from({ length: count }, () => Promise.withResolvers<FramePixels>())
  // nobody has to listen: a frame that is never looked at may be missing
  for (const { promise } of frames) promise.catch(() => undefined)
  return {
    load: (frame) => frames[frame]?.promise ?? Promise.reject(new Error('There is no such frame.')),
    arrive: (frame, pixels) => frames[frame]?.resolve(pixels),
    fail: (reason) => {
      for (const { reject } of frames) reject(reason)
    },
  }
}
