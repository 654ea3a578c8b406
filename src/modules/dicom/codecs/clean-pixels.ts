import { invalidInput } from '../../../core/refusal.ts'
import { type DataSet, valueBytes } from '../domain/data-set.ts'
import { makeBytesElement, makeDataSet } from '../domain/make-element.ts'
import { TAGS } from '../domain/tag.ts'
import type { CodecPool } from './codec-pool.ts'
import type { OpenImage } from './render-images.ts'
import { transcodeToNative } from './transcode.ts'

/** A rectangle of pixels, counted from 0 at the upper left. */
export type PixelRectangle = {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/**
 * Blackens rectangles in every frame (Clean Pixel Data Option, PS3.15 annex E.3.1). The result has native Pixel
 * Data: what was compressed is not compressed again.
 *
 * @throws RefusedError `invalid-input` if the frames cannot be decoded or a rectangle is outside of the image
 */
export async function cleanPixelData(
  pool: CodecPool,
  image: OpenImage,
  rectangles: readonly PixelRectangle[],
): Promise<DataSet> {
  const { rows, columns } = image.pixels
  for (const { row, column, rows: height, columns: width } of rectangles) {
    if (row < 0 || column < 0 || height < 1 || width < 1 || row + height > rows || column + width > columns) {
      throw invalidInput('rectangles', 'A rectangle lies outside of the image.')
    }
  }
  const native = await transcodeToNative(pool, image)
  const element = native.elements.get(TAGS.pixelData)
  if (!element) return native
  const bytes = Buffer.from(valueBytes(element))
  const frameBytes = Math.floor(bytes.length / image.table.count)
  const rowBytes = Math.floor(frameBytes / rows)
  const pixelBytes = Math.floor(rowBytes / columns)
  for (let frame = 0; frame < image.table.count; frame += 1) {
    for (const rectangle of rectangles) {
      blacken(bytes.subarray(frame * frameBytes, (frame + 1) * frameBytes), {
        rectangle,
        rowBytes,
        pixelBytes,
      })
    }
  }
  return makeDataSet([...native.elements.values(), makeBytesElement(TAGS.pixelData, element.vr, bytes)])
}

function blacken(
  frame: Buffer,
  { rectangle, rowBytes, pixelBytes }: { rectangle: PixelRectangle; rowBytes: number; pixelBytes: number },
): void {
  const { row, column, rows, columns } = rectangle
  for (let line = row; line < row + rows; line += 1) {
    const begin = line * rowBytes + column * pixelBytes
    frame.fill(0, begin, begin + columns * pixelBytes)
  }
}
