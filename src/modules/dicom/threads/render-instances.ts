import type { CodecPool } from '../codecs/codec-pool.ts'
import { encodeGifFrame, GIF_TRAILER } from '../codecs/gif-frame.ts'
import {
  imageError,
  missingFrames,
  type OpenImage,
  openImage,
  renderImages,
  renderPicture,
} from '../codecs/render-images.ts'
import { frameDelayMs } from '../domain/frame-delay.ts'
import { findPixelElement } from '../domain/pixel-description.ts'
import { findText } from '../domain/read-value.ts'
import { TAGS } from '../domain/tag.ts'
import type { ReadTask } from './file-task.ts'
import type { Instance } from './read-instances.ts'

/** What became of the images of an instance. */
export type Rendered = { images: number; readonly errors: string[] }

export type RenderRequest = Pick<ReadTask, 'format' | 'values' | 'frames'>

type Opened = { readonly image: OpenImage; readonly series: string; readonly rendered: Rendered }

/**
 * Pictures of instances in order: one for each frame, or as GIF one for each file or series. What cannot be shown is
 * noted in `report`, which has one entry for each instance.
 */
export async function* renderInstances(
  pool: CodecPool,
  instances: readonly Instance[],
  { request, report }: { readonly request: RenderRequest; readonly report: readonly Rendered[] },
): AsyncGenerator<Uint8Array> {
  const opened = instances.flatMap((instance, index) => {
    const rendered = report[index]
    return rendered ? openInstance(instance, rendered) : []
  })
  for (const group of groupsOf(opened, request)) {
    yield* renderGroup(pool, group, request)
  }
}

function openInstance({ file, dataSet }: Instance, rendered: Rendered): readonly Opened[] {
  if (!findPixelElement(dataSet)) return []
  try {
    const image = openImage(file)
    const missing = missingFrames(image)
    if (missing !== undefined) rendered.errors.push(missing)
    return [{ image, series: findText(dataSet, TAGS.seriesInstanceUid) ?? '', rendered }]
  } catch (error) {
    rendered.errors.push(imageError(error))
    return []
  }
}

/** An animation shows pictures of one series and one size; every other picture stands alone. */
function groupsOf(opened: readonly Opened[], { format }: RenderRequest): readonly (readonly Opened[])[] {
  if (format !== 'gif') return opened.map((one) => [one])
  const keyOf = ({ series, image: { pixels } }: Opened) => `${pixels.rows} ${pixels.columns} ${series}`
  return [...Map.groupBy(opened, keyOf).values()]
}

async function* renderGroup(
  pool: CodecPool,
  group: readonly Opened[],
  request: RenderRequest,
): AsyncGenerator<Uint8Array> {
  const [first] = group
  if (!first) return
  try {
    if (group.length > 1) {
      yield await animate(pool, group)
      return
    }
    for await (const picture of renderImages(pool, first.image, optionsOf(request))) {
      first.rendered.images += 1
      yield picture
    }
  } catch (error) {
    first.rendered.errors.push(imageError(error))
  }
}

function optionsOf({ format, values, frames }: RenderRequest): Parameters<typeof renderImages>[2] {
  return { format, values, ...(frames ? { frames: frames.map((frame) => frame - 1) } : {}) }
}

/** One endless animation of all frames of all instances; those that cannot be decoded are left out. */
async function animate(pool: CodecPool, group: readonly Opened[]): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  for (const { image, rendered } of group) {
    try {
      for (let frame = 0; frame < image.table.count; frame += 1) {
        const picture = await renderPicture(pool, image, { format: 'gif', frame })
        const delayMs = frameDelayMs(image.file.dataSet, frame)
        blocks.push(encodeGifFrame(picture, { isFirst: blocks.length === 0, animated: true, delayMs }))
      }
      rendered.images += 1
    } catch (error) {
      rendered.errors.push(imageError(error))
    }
  }
  return Buffer.concat([...blocks, GIF_TRAILER])
}
