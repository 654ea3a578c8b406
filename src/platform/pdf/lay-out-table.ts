import { fitColumns } from './fit-columns.ts'
import { layOutStatus } from './lay-out-status.ts'
import { cellText, layOutText } from './lay-out-text.ts'
import {
  type LayoutNode,
  points,
  type Room,
  type TableLayout,
  type TableNode,
  type TextStyle,
} from './layout-node.ts'
import type { Cell, Column, Row, RowGroup, Spans, TableBlock } from './pdf-document.ts'
import { HAIRLINE, MUTED, SMALL_SIZE, TABULAR, TINT } from './print-style.ts'

const ALIGNMENT = { start: 'left', centre: 'center', end: 'right' } as const

/** A row that holds more than this may go over the page: kept together it could be higher than a page. */
const LONG_CELL = 600

/** What one line of the table body is, for its lines and paddings. */
type LineKind = 'head' | 'row' | 'group' | 'note'

/** The table, its header repeated on each page; `title` becomes a first header line, so that it never stands alone. */
export function layOutTable(block: TableBlock, room: Room, title?: LayoutNode): TableNode {
  const { columns } = block
  const groups: readonly RowGroup[] = [{ title: '', rows: block.rows ?? [] }, ...(block.groups ?? [])]
  const fit = fitColumns(columns, groups, room.width)
  const kinds: LineKind[] = []
  const body: LayoutNode[][] = []
  const add = (kind: LineKind, cells: LayoutNode[]): void => {
    kinds.push(kind)
    body.push(cells)
  }
  if (title)
    add('head', spanning(columns, { stack: [title], border: NO_BORDER, margin: [-fit.padding, 0, 0, 0] }))
  add(
    'head',
    columns.map((column) => headCell(column, fit.scale)),
  )
  for (const group of groups) addGroup(group, columns, add)
  if (groups.every(({ rows }) => rows.length === 0))
    add('row', spanning(columns, muted(block.whenEmpty ?? '–')))
  const headerRows = title ? 2 : 1
  return {
    table: {
      widths: columns.map(columnWidth),
      body,
      headerRows,
      keepWithHeaderRows: 1,
      dontBreakRows: !hasLongCells(groups),
    },
    layout: tableLayout(kinds, fit.padding),
    margin: [0, 2, 0, 8],
    ...fit.style,
  }
}

const NO_BORDER = [false, false, false, false] as const

function addGroup(
  group: RowGroup,
  columns: readonly Column[],
  add: (kind: LineKind, cells: LayoutNode[]) => void,
): void {
  if (group.title !== '') add('group', spanning(columns, layOutText(group.title, { bold: true })))
  for (const row of group.rows) {
    add(
      'row',
      columns.map((column, index) => layOutCell(row.cells[index] ?? null, column)),
    )
    if (row.note !== undefined) add('note', spanning(columns, muted(row.note)))
  }
}

function muted(text: Spans): LayoutNode {
  return layOutText(text, { fontSize: SMALL_SIZE + 0.5, color: MUTED, italics: true })
}

/** One cell over all columns; pdfmake wants the covered ones present. */
function spanning(columns: readonly Column[], cell: LayoutNode): LayoutNode[] {
  return columns.map((_, index) => (index === 0 ? { ...cell, colSpan: columns.length } : layOutText('')))
}

function headCell(column: Column, scale: number): LayoutNode {
  const alignment = ALIGNMENT[column.align ?? 'start']
  const title = layOutText(column.title, { bold: true, fontSize: (SMALL_SIZE + 0.5) * scale, color: MUTED })
  const unit = column.unit ? [layOutText(column.unit, { fontSize: SMALL_SIZE * scale, color: MUTED })] : []
  return { stack: [title, ...unit], alignment, fillColor: TINT }
}

/** Of a table cell, and of a fact beside its label. */
export function layOutCell(cell: Cell, column: Pick<Column, 'align'> = {}): LayoutNode {
  const alignment = ALIGNMENT[column.align ?? 'start']
  const style: TextStyle = column.align === 'end' ? { fontFeatures: TABULAR } : {}
  if (cell === null) return { ...layOutText('–', { color: MUTED }), alignment }
  if (typeof cell === 'string' || !('status' in cell)) return { ...layOutText(cell, style), alignment }
  return layOutStatus(cell.status, {}, cell.detail)
}

function columnWidth(column: Column): number | 'auto' | '*' {
  if (typeof column.width === 'number') return points(column.width)
  return column.width === 'fill' ? '*' : 'auto'
}

function hasLongCells(groups: readonly RowGroup[]): boolean {
  return groups.some(({ rows }) => rows.some(isLongRow))
}

function isLongRow(row: Row): boolean {
  const texts = [...row.cells, row.note ?? null].map(cellText)
  return texts.some((text) => text.length > LONG_CELL || text.split('\n').length > 12)
}

/** Hairlines between rows only; a note belongs to the row above it. */
function tableLayout(kinds: readonly LineKind[], padding: number): TableLayout {
  return {
    hLineWidth: (line) => (line === 0 || kinds[line] === 'note' ? 0 : 0.4),
    vLineWidth: () => 0,
    hLineColor: () => HAIRLINE,
    paddingLeft: () => padding,
    paddingRight: () => padding,
    paddingTop: (row) => (kinds[row] === 'group' ? 6 : kinds[row] === 'note' ? 0 : 2.5),
    paddingBottom: (row) => (kinds[row + 1] === 'note' ? 1 : 2.5),
  }
}
