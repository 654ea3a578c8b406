import { layOutFacts } from './lay-out-facts.ts'
import { type Drawings, layOutBarcode, layOutChart, layOutImage } from './lay-out-figure.ts'
import { layOutCards, layOutNotes, layOutSignatures } from './lay-out-panel.ts'
import { layOutStatus } from './lay-out-status.ts'
import { layOutTable } from './lay-out-table.ts'
import { layOutText, plainText } from './lay-out-text.ts'
import type { LayoutNode, Room, TextStyle } from './layout-node.ts'
import type { Block, TableBlock } from './pdf-document.ts'
import { BODY_SIZE, HEADING_STYLE, MUTED, SMALL_SIZE } from './print-style.ts'

/** What follows a heading on the same page has at most about this many lines of text. */
const SHORT_LINES = 14

type HeadingBlock = Extract<Block, { kind: 'heading' }>

export function layOutBlocks(blocks: readonly Block[], room: Room, drawings: Drawings): LayoutNode[] {
  const nodes: LayoutNode[] = []
  let headings: LayoutNode[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') headings.push(headingNode(block))
    else if (headings.length === 0) nodes.push(layOutBlock(block, room, drawings))
    else {
      nodes.push(...withHeadings(headings, block, room, drawings))
      headings = []
    }
  }
  return [...nodes, ...headings]
}

/** Headings never stand alone at the foot of a page: they move with the block below them. */
function withHeadings(headings: LayoutNode[], block: Block, room: Room, drawings: Drawings): LayoutNode[] {
  if (block.kind === 'table' && !isShort(block)) {
    return [captioned(layOutTable(block, room, { stack: headings }), block.caption)]
  }
  const node = layOutBlock(block, room, drawings)
  return isShort(block) ? [{ stack: [...headings, node], unbreakable: true }] : [...headings, node]
}

/** Certainly lower than a page; a block that is not must stay breakable. */
function isShort(block: Block): boolean {
  switch (block.kind) {
    case 'text':
      return plainText(block.text).length < 900 && plainText(block.text).split('\n').length < SHORT_LINES
    case 'table':
      return isShortTable(block)
    case 'facts':
      return block.items.length <= SHORT_LINES
    case 'chart':
    case 'status':
      return true
    default:
      return false
  }
}

function isShortTable({ rows = [], groups = [] }: TableBlock): boolean {
  const all = [...rows, ...groups.flatMap((group) => group.rows)]
  const texts = all.flatMap(({ cells, note }) => [...cells, note ?? null])
  const lengths = texts.map((cell) => (typeof cell === 'string' ? cell.length : 0))
  return all.length + groups.length <= 8 && Math.max(0, ...lengths) < 200
}

function layOutBlock(block: Block, room: Room, drawings: Drawings): LayoutNode {
  switch (block.kind) {
    case 'heading':
      return headingNode(block)
    case 'text':
      return { ...layOutText(block.text, TEXT_LOOK[block.look ?? 'normal']), margin: [0, 0, 0, 5] }
    case 'list':
      return listNode(block)
    case 'facts':
      return layOutFacts(block)
    case 'table':
      return captioned(layOutTable(block, room), block.caption)
    case 'status':
      return statusLine(block)
    case 'cards':
      return layOutCards(block)
    case 'chart':
      return layOutChart(block, room, drawings)
    case 'image':
      return layOutImage(block, room, drawings)
    case 'barcode':
      return layOutBarcode(block, room, drawings)
    case 'signatures':
      return layOutSignatures(block.lines, drawings)
    case 'notes':
      return layOutNotes(block)
    case 'two-columns':
      return twoColumns(block, room, drawings)
    case 'together':
      return { stack: layOutBlocks(block.blocks, room, drawings), unbreakable: true }
    case 'page-break':
      return { ...layOutText(''), pageBreak: 'after' }
  }
}

const TEXT_LOOK: Readonly<Record<'normal' | 'lead' | 'small' | 'muted' | 'preformatted', TextStyle>> = {
  normal: { lineHeight: 1.2 },
  lead: { fontSize: BODY_SIZE + 2, lineHeight: 1.2 },
  small: { fontSize: SMALL_SIZE },
  muted: { color: MUTED },
  preformatted: { font: 'Mono', fontSize: SMALL_SIZE, preserveLeadingSpaces: true },
}

const HEADING_SPACE = { 1: 12, 2: 8, 3: 5 } as const

function headingNode({ level, text }: HeadingBlock): LayoutNode {
  return {
    ...layOutText(text, HEADING_STYLE[level]),
    margin: [0, HEADING_SPACE[level], 0, 3],
    outline: true,
    outlineText: text,
  }
}

function listNode(block: Extract<Block, { kind: 'list' }>): LayoutNode {
  const items = block.items.map((item) => layOutText(item, { lineHeight: 1.15 }))
  return block.ordered ? { ol: items, margin: [0, 0, 0, 5] } : { ul: items, margin: [0, 0, 0, 5] }
}

function statusLine(block: Extract<Block, { kind: 'status' }>): LayoutNode {
  const state = layOutStatus(block.status, { fontSize: BODY_SIZE + 2, bold: true })
  const text = block.text === undefined ? [] : [{ ...layOutText(block.text), margin: [0, 2, 0, 0] } as const]
  return { stack: [state, ...text], margin: [0, 2, 0, 6] }
}

function captioned(node: LayoutNode, caption: string | undefined): LayoutNode {
  if (caption === undefined) return node
  return {
    stack: [node, { ...layOutText(caption, { fontSize: SMALL_SIZE, color: MUTED }), margin: [0, -5, 0, 8] }],
  }
}

const COLUMN_GAP = 16

function twoColumns(
  block: Extract<Block, { kind: 'two-columns' }>,
  room: Room,
  drawings: Drawings,
): LayoutNode {
  const share = Math.min(0.9, Math.max(0.1, block.startShare ?? 0.5))
  const start = { ...room, width: (room.width - COLUMN_GAP) * share }
  const end = { ...room, width: room.width - COLUMN_GAP - start.width }
  return {
    columns: [
      { width: start.width, stack: layOutBlocks(block.start, start, drawings) },
      { width: end.width, stack: layOutBlocks(block.end, end, drawings) },
    ],
    columnGap: COLUMN_GAP,
  }
}
