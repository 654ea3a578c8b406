import { invalidInput } from '../../core/refusal.ts'
import { requireDrawable } from '../charts/time-series-chart.ts'
import { requireEncodable } from './barcode.ts'
import { cellText, plainText } from './lay-out-text.ts'
import type { Block, PdfDocument, Row, Spans } from './pdf-document.ts'

/** What one document may hold; a list beyond it belongs into a spreadsheet. */
export const DOCUMENT_LIMITS = {
  rows: 20_000,
  cells: 300_000,
  characters: 8_000_000,
  blocks: 20_000,
  charts: 200,
  barcodes: 500,
  pictureBytes: 30_000_000,
  depth: 8,
} as const

type Counts = { -readonly [K in keyof typeof DOCUMENT_LIMITS]: number }

const WHAT: Readonly<Record<keyof Counts, string>> = {
  rows: 'table rows',
  cells: 'table cells',
  characters: 'characters',
  blocks: 'blocks',
  charts: 'charts',
  barcodes: 'codes',
  pictureBytes: 'bytes of pictures',
  depth: 'levels',
}

/** @throws RefusedError `invalid-input` before any drawing when the document is larger than a worker should be given */
export function requireBuildable(document: PdfDocument): void {
  const counts: Counts = {
    rows: 0,
    cells: 0,
    characters: 0,
    blocks: 0,
    charts: 0,
    barcodes: 0,
    pictureBytes: 0,
    depth: 0,
  }
  const { letterhead } = document
  for (const picture of [letterhead?.logo, ...(letterhead?.marks ?? []).map((mark) => mark.picture)]) {
    add(counts, 'pictureBytes', picture?.length ?? 0)
  }
  countBlocks(document.blocks, 1, counts)
}

function add(counts: Counts, what: keyof Counts, more: number): void {
  counts[what] += more
  if (counts[what] > DOCUMENT_LIMITS[what]) {
    throw invalidInput('document', `A document holds at most ${DOCUMENT_LIMITS[what]} ${WHAT[what]}.`)
  }
}

function countBlocks(blocks: readonly Block[], depth: number, counts: Counts): void {
  if (depth > DOCUMENT_LIMITS.depth) throw invalidInput('document', 'Blocks are nested too deeply.')
  add(counts, 'blocks', blocks.length)
  for (const block of blocks) {
    for (const { what, more } of sizesOf(block)) add(counts, what, more)
    for (const inner of innerBlocks(block)) countBlocks(inner, depth + 1, counts)
  }
}

function innerBlocks(block: Block): readonly (readonly Block[])[] {
  if (block.kind === 'two-columns') return [block.start, block.end]
  return block.kind === 'together' ? [block.blocks] : []
}

type Size = { readonly what: keyof Counts; readonly more: number }

const characters = (texts: readonly Spans[]): Size => ({
  what: 'characters',
  more: texts.reduce((sum, text) => sum + plainText(text).length, 0),
})

function sizesOf(block: Block): readonly Size[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return [characters([block.text])]
    case 'list':
    case 'notes':
      return [characters(block.items), { what: 'blocks', more: block.items.length }]
    case 'facts':
      return [
        characters(block.items.map(({ value }) => cellText(value))),
        { what: 'cells', more: block.items.length * 2 },
      ]
    case 'table':
      return [block.rows ?? [], ...(block.groups ?? []).map(({ rows }) => rows)].flatMap(sizesOfRows)
    case 'cards':
      return [{ what: 'blocks', more: block.cards.length }]
    case 'chart':
      requireDrawable(block.chart, { width: 100, height: 100 })
      return [{ what: 'charts', more: 1 }]
    case 'barcode':
      requireEncodable(block.symbology, block.value)
      return [{ what: 'barcodes', more: 1 }]
    case 'image':
      return [{ what: 'pictureBytes', more: block.picture.length }]
    case 'signatures':
      return block.lines.map(({ picture }) => ({ what: 'pictureBytes', more: picture?.length ?? 0 }))
    default:
      return []
  }
}

function sizesOfRows(rows: readonly Row[]): readonly Size[] {
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0)
  const texts = rows.flatMap((row) => [...row.cells, row.note ?? null].map(cellText))
  return [{ what: 'rows', more: rows.length }, { what: 'cells', more: cells }, characters(texts)]
}
