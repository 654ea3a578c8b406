import { type DataSet, valueBytes } from './data-set.ts'
import { findNumber, findText, readNumbers } from './read-value.ts'
import type { RenderedPicture } from './render-frame.ts'
import type { Tag } from './tag.ts'

/** One overlay plane (PS3.3 C.9.2); `row` and `column` are 1 for the first of the image and may be negative. */
export type Overlay = {
  readonly group: number
  readonly rows: number
  readonly columns: number
  readonly row: number
  readonly column: number
  readonly type: 'G' | 'R'
  readonly description: string
  readonly frames: number
  /** Frame of the image, counted from 1, that the first overlay frame belongs to. */
  readonly firstFrame: number
  /** Packed bits, or undefined for an overlay embedded in unused bits of the pixels. */
  readonly bits: Uint8Array | undefined
  readonly bitPosition: number
}

/** The overlay planes of groups 6000 to 601E. */
export function listOverlays(dataSet: DataSet): readonly Overlay[] {
  return Array.from({ length: 16 }, (_, index) => 0x6000 + index * 2).flatMap((group) => {
    const overlay = readOverlay(dataSet, group)
    return overlay ? [overlay] : []
  })
}

function readOverlay(dataSet: DataSet, group: number): Overlay | undefined {
  const tag = (element: number): Tag => group * 0x10000 + element
  const rows = findNumber(dataSet, tag(0x10))
  const columns = findNumber(dataSet, tag(0x11))
  if (!rows || !columns) return undefined
  const data = dataSet.elements.get(tag(0x3000))
  const origin = dataSet.elements.get(tag(0x50))
  const [row = 1, column = 1] = origin ? readNumbers(origin, dataSet) : []
  return {
    group,
    rows,
    columns,
    row,
    column,
    type: findText(dataSet, tag(0x40)) === 'R' ? 'R' : 'G',
    description: findText(dataSet, tag(0x22)) ?? '',
    frames: findNumber(dataSet, tag(0x15)) ?? 1,
    firstFrame: findNumber(dataSet, tag(0x51)) ?? 1,
    bits: data && valueBytes(data),
    bitPosition: findNumber(dataSet, tag(0x102)) ?? 0,
  }
}

/**
 * Draws the planes of a frame, counted from 0, in white over a rendered picture. Planes embedded in the pixels
 * are drawn from `rawWords`, the samples with all their bits.
 */
export function drawOverlays(
  picture: RenderedPicture,
  overlays: readonly Overlay[],
  { frame, rawWords }: { readonly frame: number; readonly rawWords?: Uint16Array | undefined },
): RenderedPicture {
  const pixels = new Uint8Array(picture.pixels)
  for (const overlay of overlays) {
    const plane = frame - (overlay.firstFrame - 1)
    if (plane < 0 || plane >= overlay.frames) continue
    const isSet = overlay.bits ? packedBit(overlay, overlay.bits, plane) : embeddedBit(overlay, rawWords)
    drawPlane({ ...picture, pixels }, overlay, isSet)
  }
  return { ...picture, pixels }
}

type BitAt = (row: number, column: number) => boolean

function packedBit({ rows, columns }: Overlay, bits: Uint8Array, plane: number): BitAt {
  return (row, column) => {
    const index = (plane * rows + row) * columns + column
    return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1
  }
}

function embeddedBit({ columns, bitPosition }: Overlay, rawWords: Uint16Array | undefined): BitAt {
  return (row, column) => (((rawWords?.[row * columns + column] ?? 0) >> bitPosition) & 1) === 1
}

function drawPlane(
  { rows, columns, channels, pixels }: RenderedPicture,
  overlay: Overlay,
  isSet: BitAt,
): void {
  const firstRow = Math.max(0, 1 - overlay.row)
  const lastRow = Math.min(overlay.rows, rows - overlay.row + 1)
  for (let row = firstRow; row < lastRow; row += 1) {
    for (let column = Math.max(0, 1 - overlay.column); column < overlay.columns; column += 1) {
      const x = overlay.column - 1 + column
      if (x >= columns) break
      const at = ((overlay.row - 1 + row) * columns + x) * channels
      if (isSet(row, column)) pixels.fill(255, at, at + channels)
    }
  }
}
