import type { ChartSize, TimeSeriesChart } from '../charts/time-series-chart.ts'
import type { Barcode, BarcodeSymbology } from './barcode.ts'
import { layOutText } from './lay-out-text.ts'
import { type LayoutNode, points, type Room } from './layout-node.ts'
import type { Block, PictureBytes } from './pdf-document.ts'
import { MUTED, SMALL_SIZE } from './print-style.ts'

/** What draws figures; only the worker has it, so that layout itself stays pure and quick to load. */
export type Drawings = {
  chart(chart: TimeSeriesChart, size: ChartSize): string
  barcode(symbology: BarcodeSymbology, value: string): Barcode
  /** @returns a data URL */
  picture(bytes: PictureBytes): string
}

/** SVG counts 96 pixels to the inch, the page 72 points. */
const PIXELS_PER_POINT = 96 / 72

const CHART_HEIGHT_MM = 55

/** Of the page; the rest is for caption and list of events. */
const FIGURE_SHARE = 0.8

export function layOutChart(
  block: Extract<Block, { kind: 'chart' }>,
  room: Room,
  drawings: Drawings,
): LayoutNode {
  const width = Math.min(room.width, block.widthMm === undefined ? room.width : points(block.widthMm))
  const height = Math.min(room.height * FIGURE_SHARE, points(block.heightMm ?? CHART_HEIGHT_MM))
  const size = { width: width * PIXELS_PER_POINT, height: height * PIXELS_PER_POINT }
  const events = block.chart.events ?? []
  const dates = new Intl.DateTimeFormat(block.chart.locale, {
    dateStyle: 'medium',
    timeZone: block.chart.zone,
  })
  const legend = events.map(({ at, label }, index) => `${index + 1}  ${dates.format(at)}  ${label}`)
  return {
    stack: [
      { svg: drawings.chart(block.chart, size), width, height, font: 'Inter' },
      ...legend.map((line) => layOutText(line, { fontSize: SMALL_SIZE, color: MUTED })),
      ...caption(block.caption),
    ],
    unbreakable: true,
    margin: [0, 2, 0, 8],
  }
}

export function layOutImage(
  block: Extract<Block, { kind: 'image' }>,
  room: Room,
  drawings: Drawings,
): LayoutNode {
  const width = Math.min(room.width, block.widthMm === undefined ? room.width : points(block.widthMm))
  const fit: readonly [number, number] = [
    width,
    Math.min(room.height * FIGURE_SHARE, points(block.maxHeightMm ?? 200)),
  ]
  return {
    stack: [{ image: drawings.picture(block.picture), fit }, ...caption(block.caption)],
    unbreakable: true,
    margin: [0, 2, 0, 8],
  }
}

const ALIGNMENT = { start: 'left', centre: 'center', end: 'right' } as const

export function layOutBarcode(
  block: Extract<Block, { kind: 'barcode' }>,
  room: Room,
  drawings: Drawings,
): LayoutNode {
  const { svg, width: modules, height: rows } = drawings.barcode(block.symbology, block.value)
  const width = Math.min(room.width, points(block.widthMm))
  const wanted = block.heightMm === undefined ? (width * rows) / modules : points(block.heightMm)
  const height = Math.min(room.height * FIGURE_SHARE, wanted)
  const text = block.text === undefined ? [] : [layOutText(block.text, { fontSize: SMALL_SIZE })]
  return {
    stack: [{ svg, width, height }, ...text],
    alignment: ALIGNMENT[block.align ?? 'start'],
    unbreakable: true,
    margin: [0, 4, 0, 6],
  }
}

function caption(text: string | undefined): readonly LayoutNode[] {
  return text === undefined ? [] : [layOutText(text, { fontSize: SMALL_SIZE, color: MUTED })]
}
