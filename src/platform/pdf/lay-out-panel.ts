import type { Drawings } from './lay-out-figure.ts'
import { layOutStatus } from './lay-out-status.ts'
import { layOutText } from './lay-out-text.ts'
import type { LayoutNode, TableLayout } from './layout-node.ts'
import type { Block, Card, SignatureLine } from './pdf-document.ts'
import { BODY_SIZE, HAIRLINE, INK, MUTED, SMALL_SIZE } from './print-style.ts'

const BOXED: TableLayout = {
  hLineWidth: () => 0.4,
  vLineWidth: () => 0.4,
  hLineColor: () => HAIRLINE,
  paddingLeft: () => 6,
  paddingRight: () => 6,
  paddingTop: () => 5,
  paddingBottom: () => 5,
}
const BOXED_COLOURS = { ...BOXED, vLineColor: () => HAIRLINE }

/** A dashboard: cards side by side, each with the count of every state that occurs. */
export function layOutCards(block: Extract<Block, { kind: 'cards' }>): LayoutNode {
  const perRow = block.perRow ?? 3
  const rows: LayoutNode[] = []
  for (let start = 0; start < block.cards.length; start += perRow) {
    const cards = block.cards.slice(start, start + perRow)
    const empty = Array.from({ length: perRow - cards.length }, () => layOutText(''))
    rows.push({
      columns: [...cards.map(cardNode), ...empty],
      columnGap: 8,
      margin: [0, 0, 0, 8],
      unbreakable: true,
    })
  }
  return { stack: rows }
}

function cardNode({ title, subtitle, counts }: Card): LayoutNode {
  const states = counts.map(
    ({ status, count }): LayoutNode => ({
      columns: [
        layOutStatus(status, { fontSize: SMALL_SIZE + 0.5 }),
        { ...layOutText(String(count), { fontSize: SMALL_SIZE + 0.5 }), width: 'auto', alignment: 'right' },
      ],
      margin: [0, 1, 0, 0],
    }),
  )
  const content: LayoutNode = {
    stack: [
      layOutText(title, { bold: true }),
      ...(subtitle === undefined ? [] : [layOutText(subtitle, { fontSize: SMALL_SIZE, color: MUTED })]),
      ...states,
    ],
  }
  return { width: '*', table: { widths: ['*'], body: [[content]] }, layout: BOXED_COLOURS }
}

const SIGNATURES_PER_ROW = 3

/** Lines to sign on; where a person signed electronically, name and time stand above the line. */
export function layOutSignatures(lines: readonly SignatureLine[], drawings: Drawings): LayoutNode {
  const rows: LayoutNode[] = []
  for (let start = 0; start < lines.length; start += SIGNATURES_PER_ROW) {
    const signed = lines.slice(start, start + SIGNATURES_PER_ROW)
    rows.push({ columns: signed.map((line) => signatureNode(line, drawings)), columnGap: 24 })
  }
  return { stack: rows, unbreakable: true, margin: [0, 16, 0, 8] }
}

const SIGNATURE_HEIGHT = 32

function signatureNode({ role, name, at, picture }: SignatureLine, drawings: Drawings): LayoutNode {
  const above: LayoutNode = picture
    ? { image: drawings.picture(picture), fit: [120, SIGNATURE_HEIGHT] }
    : { ...layOutText(' '), margin: [0, SIGNATURE_HEIGHT - BODY_SIZE, 0, 0] }
  const rule = { type: 'line', x1: 0, y1: 0, x2: 150, y2: 0, lineWidth: 0.6, lineColor: INK } as const
  return {
    width: '*',
    stack: [
      above,
      { canvas: [rule] },
      ...(name === undefined ? [] : [layOutText(name, { bold: true })]),
      layOutText(role, { fontSize: SMALL_SIZE, color: MUTED }),
      ...(at === undefined ? [] : [layOutText(at, { fontSize: SMALL_SIZE, color: MUTED })]),
    ],
  }
}

/** Numbered remarks in small print. */
export function layOutNotes(block: Extract<Block, { kind: 'notes' }>): LayoutNode {
  const title =
    block.title === undefined ? [] : [layOutText(block.title, { bold: true, fontSize: SMALL_SIZE + 0.5 })]
  const items = block.items.map((item) => layOutText(item, { fontSize: SMALL_SIZE + 0.5, color: MUTED }))
  return { stack: [...title, { ol: items, fontSize: SMALL_SIZE + 0.5, color: MUTED }], margin: [0, 6, 0, 6] }
}
