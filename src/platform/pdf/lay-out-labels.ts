import { invalidInput } from '../../core/refusal.ts'
import type { BarcodeSymbology } from './barcode.ts'
import type { LabelSheet } from './label-sheets.ts'
import type { Label, LabelJob, LabelLine } from './labels.ts'
import { type Definition, documentInfo } from './lay-out-document.ts'
import type { Drawings } from './lay-out-figure.ts'
import { layOutText } from './lay-out-text.ts'
import { type LayoutNode, points } from './layout-node.ts'
import { BODY_SIZE, HAIRLINE, INK } from './print-style.ts'
import { fitText, textWidth } from './text-runs.ts'

/** A rectangle on the page, in points. */
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export function layOutLabels(job: LabelJob, drawings: Drawings): Definition {
  const { sheet } = job
  const perPage = sheet.columns * sheet.rows
  const content = job.labels.flatMap((label, index) => {
    const place = index + (job.skip ?? 0)
    const startsPage = index > 0 && place % perPage === 0
    const box = boxOf(sheet, place % perPage)
    return [
      ...(startsPage ? [{ ...layOutText(''), pageBreak: 'before' } as const] : []),
      ...(job.frames ? [frame(box)] : []),
      ...labelNodes(label, box, drawings),
    ]
  })
  return {
    pageSize: { width: points(sheet.pageWidthMm), height: points(sheet.pageHeightMm) },
    pageMargins: [0, 0, 0, 0],
    defaultStyle: { font: 'Inter', fontSize: BODY_SIZE, color: INK },
    content,
    info: documentInfo(job.title, job.generatedAt),
    language: 'en',
    displayTitle: true,
    version: '1.7',
  }
}

function boxOf(sheet: LabelSheet, place: number): Box {
  const [column, row] = [place % sheet.columns, Math.floor(place / sheet.columns)]
  return {
    x: points(sheet.leftMm + column * sheet.pitchXMm),
    y: points(sheet.topMm + row * sheet.pitchYMm),
    width: points(sheet.labelWidthMm),
    height: points(sheet.labelHeightMm),
  }
}

function frame({ x, y, width, height }: Box): LayoutNode {
  const corners = [0, 0, width, 0, width, height, 0, height]
  const outline = [0, 2, 4, 6].map((at) => ({ x: corners[at] ?? 0, y: corners[at + 1] ?? 0 }))
  return {
    canvas: [{ type: 'polyline', points: outline, closePath: true, lineColor: HAIRLINE, lineWidth: 0.3 }],
    absolutePosition: { x, y },
  }
}

/** Printers miss by a millimetre. */
const PADDING = points(1.5)

function labelNodes({ lines, code }: Label, label: Box, drawings: Drawings): LayoutNode[] {
  const inner = inset(label, PADDING)
  if (!code) return textNodes(lines, inner)
  const [codeBox, textBox] = code.symbology === 'code128' ? splitBelow(inner, lines.length) : splitLeft(inner)
  return [codeNode(code.symbology, code.value, codeBox, drawings), ...textNodes(lines, textBox)]
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by }
}

/** Bars at the foot, in half of the height at most; the whole label where there are no lines. */
function splitBelow(box: Box, lines: number): readonly [Box, Box] {
  const height = lines === 0 ? box.height : box.height * 0.45
  const bars = { ...box, y: box.y + box.height - height, height }
  return [bars, { ...box, height: box.height - height - PADDING / 2 }]
}

/** A square at the left, not wider than half of the label. */
function splitLeft(box: Box): readonly [Box, Box] {
  const side = Math.min(box.height, box.width / 2)
  const square = { ...box, y: box.y + (box.height - side) / 2, width: side, height: side }
  return [square, { ...box, x: box.x + side + PADDING, width: box.width - side - PADDING }]
}

/** White that a scanner needs around a symbol, and the finest module it still reads, in millimetres. */
const SCANNABLE: Readonly<
  Record<BarcodeSymbology, { readonly quietModules: number; readonly finestMm: number }>
> = {
  qr: { quietModules: 4, finestMm: 0.25 }, // ISO/IEC 18004 6.3.8
  datamatrix: { quietModules: 1, finestMm: 0.25 }, // ISO/IEC 16022 7.1
  code128: { quietModules: 10, finestMm: 0.17 }, // ISO/IEC 15417 4.7; 0.17 mm is two dots of a 300 dpi printer
}

function codeNode(symbology: BarcodeSymbology, value: string, box: Box, drawings: Drawings): LayoutNode {
  const { svg, width: modules } = drawings.barcode(symbology, value)
  const { quietModules, finestMm } = SCANNABLE[symbology]
  // The padding of the label is white as well.
  const moduleWidth = Math.min((box.width + 2 * PADDING) / (modules + 2 * quietModules), box.width / modules)
  if (moduleWidth < points(finestMm)) {
    throw invalidInput('code', `“${value}” is too long for a label of this size: no scanner could read it.`)
  }
  const width = moduleWidth * modules
  const height = symbology === 'code128' ? box.height : width
  const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2]
  return { svg, width, height, absolutePosition: { x, y } }
}

const DEFAULT_SIZE = 8
const SMALLEST_SIZE = 5
const LINE_HEIGHT = 1.22
/** Semi-bold letters are so much wider than the regular ones that are measured. */
const BOLD_WIDTH = 1.07
/** A line that was made to fit exactly must not be cut for the last bit of a sum. */
const ROUNDING = 1.0001

function textNodes(lines: readonly LabelLine[], box: Box): LayoutNode[] {
  const sizes = lines.map((line) => sizeFor(line, box.width))
  const wanted = sizes.reduce((sum, size) => sum + size * LINE_HEIGHT, 0)
  const scale = Math.min(1, box.height / wanted)
  if (lines.some((_, index) => (sizes[index] ?? 0) * scale < SMALLEST_SIZE - 0.01)) {
    throw invalidInput('labels', `A label of this size has no room for ${lines.length} lines.`)
  }
  let y = box.y + (box.height - wanted * scale) / 2
  return lines.map((line, index) => {
    const fontSize = (sizes[index] ?? SMALLEST_SIZE) * scale
    const top = y
    y += fontSize * LINE_HEIGHT
    const room = (line.bold ? box.width / BOLD_WIDTH : box.width) * ROUNDING
    const style = { fontSize, ...(line.bold && { bold: true }) }
    return {
      ...layOutText(fitText(line.text, fontSize, room), style),
      noWrap: true,
      absolutePosition: { x: box.x, y: top },
    }
  })
}

/** As asked for, or smaller where the line is too long. */
function sizeFor(line: LabelLine, width: number): number {
  const asked = Math.min(72, Math.max(SMALLEST_SIZE, line.size ?? DEFAULT_SIZE))
  const needed = textWidth(line.text, asked) * (line.bold ? BOLD_WIDTH : 1)
  return needed <= width ? asked : Math.max(SMALLEST_SIZE, (asked * width) / needed)
}
