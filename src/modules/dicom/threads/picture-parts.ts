import type { CodecPool } from '../codecs/codec-pool.ts'
import { openImage, renderImages, renderPicture } from '../codecs/render-images.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import type { RenderedPicture } from '../domain/render-frame.ts'
import type { PictureWish, Viewport } from './stored-file-task.ts'

const USUAL_QUALITY = 90

/**
 * One picture of an image: a frame, or all of them as an animation.
 *
 * @throws RefusedError `invalid-input` with the reason why there is none
 */
export async function* pictureParts(
  pool: CodecPool,
  file: DicomFile,
  { frame, format, voi, quality = USUAL_QUALITY, viewport, overlays = 'leave' }: PictureWish,
): AsyncGenerator<Buffer> {
  const image = openImage(file)
  const options = { format, quality, overlays, ...(voi ? { voi } : {}) }
  if (viewport && format !== 'gif') {
    const picture = await renderPicture(pool, image, { ...options, frame: frame ?? 0 })
    yield await fitted(picture, { viewport, format, quality })
    return
  }
  const frames = frame === undefined && format === 'gif' ? {} : { frames: [frame ?? 0] }
  for await (const picture of renderImages(pool, image, { ...options, ...frames })) {
    yield Buffer.from(picture.buffer, picture.byteOffset, picture.length)
  }
}

type Fitting = {
  readonly viewport: Viewport
  readonly format: 'png' | 'jpeg'
  readonly quality: number
}

/** Cut out what is wanted of a picture, then scaled to fit, keeping the ratio of its sides (PS3.18 8.3.5.1.3). */
async function fitted(
  { rows, columns, channels, pixels }: RenderedPicture,
  { viewport, format, quality }: Fitting,
): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  let image = sharp(pixels, { raw: { width: columns, height: rows, channels } })
  const part = viewport.part && within(viewport.part, { rows, columns })
  if (part) image = image.extract(part)
  image = image.resize({ width: viewport.width, height: viewport.height, fit: 'inside' })
  if (channels === 1) image = image.toColourspace('b-w')
  return format === 'jpeg'
    ? image.jpeg({ quality }).toBuffer()
    : image.png({ compressionLevel: 2 }).toBuffer()
}

/** What of a part lies on the picture; one that lies beside it is all of it. */
function within(
  { x, y, width, height }: NonNullable<Viewport['part']>,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): { left: number; top: number; width: number; height: number } | undefined {
  const left = Math.max(0, Math.floor(x))
  const top = Math.max(0, Math.floor(y))
  const right = Math.min(columns, Math.ceil(x + width))
  const bottom = Math.min(rows, Math.ceil(y + height))
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined
}
