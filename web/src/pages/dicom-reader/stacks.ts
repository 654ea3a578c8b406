import type { ReadFile, ReadInstance } from '../../api/dicom/read-files.ts'
import type { ViewerFrame } from '../../ui/image-viewer/viewer-frame.ts'

/** Instances that are gone through as one: of one series, of one size, grey or colour alike. */
export interface Stack {
  readonly key: string
  readonly title: string
  readonly detail: string
  readonly instances: readonly ReadInstance[]
  readonly frames: readonly ViewerFrame[]
  /** More may come: a file is still being read. */
  readonly isGrowing: boolean
}

/** The stacks of all files in the order in which they came; what has no picture is a stack of its own. */
export function stacksOf(files: readonly ReadFile[]): readonly Stack[] {
  const groups = Map.groupBy(
    files.flatMap((file) => file.instances),
    stackKey,
  )
  const isGrowing = files.some(({ state }) => state === 'reading')
  return [...groups].map(([key, instances]) => {
    const [first] = instances
    const frames = instances.flatMap((instance) => instance.frames)
    const facts = first?.facts
    const size = facts?.pixels ? `${facts.pixels.columns} × ${facts.pixels.rows}` : 'no picture'
    const count = instances.length > 1 ? `${instances.length} files` : facts?.name
    const frameText = frames.length > 1 ? `${frames.length} frames` : undefined
    return {
      key,
      title: titleOf(first),
      detail: [count, frameText, size].filter(Boolean).join(' · '),
      instances,
      frames,
      isGrowing,
    }
  })
}

function titleOf(first: ReadInstance | undefined): string {
  if (first === undefined) return ''
  const { modality, seriesDescription, sopClassName, name } = first.facts
  return seriesDescription === '' ? sopClassName || name : `${modality} ${seriesDescription}`.trim()
}

function stackKey({ key, facts }: ReadInstance): string {
  const { pixels, seriesUid } = facts
  if (pixels === null || seriesUid === '') return key
  const isColor = !pixels.photometric.startsWith('MONOCHROME')
  return `${seriesUid} ${pixels.rows} ${pixels.columns} ${isColor}`
}

/** The instance that a frame of a stack belongs to. */
export function instanceAt({ instances }: Stack, frame: number): ReadInstance | undefined {
  let before = 0
  for (const instance of instances) {
    before += instance.frames.length
    if (frame < before) return instance
  }
  return instances[0]
}
