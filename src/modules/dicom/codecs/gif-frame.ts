import gifenc from 'gifenc'
import type { RenderedPicture } from '../domain/render-frame.ts'

const { GIFEncoder, quantize, applyPalette } = gifenc

const GREYS = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey] as const)
const COLORS = 256

/** Colours are counted in 4096 bins: finer ones cost seconds on pictures with many colours. */
const BINS = 'rgb444'

/** One frame as a block of a GIF; the first block carries the header. Delay in milliseconds. */
export function encodeGifFrame(
  { rows, columns, channels, pixels }: RenderedPicture,
  { isFirst, animated, delayMs }: { isFirst: boolean; animated: boolean; delayMs: number },
): Uint8Array {
  const encoder = GIFEncoder({ auto: false, initialCapacity: rows * columns })
  const palette = channels === 1 ? GREYS : quantize(withAlpha(pixels), COLORS, { format: BINS })
  const index = channels === 1 ? pixels : applyPalette(withAlpha(pixels), palette, BINS)
  if (isFirst) encoder.writeHeader()
  encoder.writeFrame(index, columns, rows, {
    palette,
    first: isFirst,
    ...(animated ? { delay: delayMs, repeat: 0 } : { repeat: -1 }),
  })
  return encoder.bytes()
}

/** The byte that ends a GIF. */
export const GIF_TRAILER = Uint8Array.of(0x3b)

function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255)
  for (let pixel = 0; pixel * 3 < rgb.length; pixel += 1) {
    rgba[pixel * 4] = rgb[pixel * 3] ?? 0
    rgba[pixel * 4 + 1] = rgb[pixel * 3 + 1] ?? 0
    rgba[pixel * 4 + 2] = rgb[pixel * 3 + 2] ?? 0
  }
  return rgba
}
