import { layOutCell } from './lay-out-table.ts'
import { layOutText } from './lay-out-text.ts'
import type { LayoutNode, TableLayout } from './layout-node.ts'
import type { Block } from './pdf-document.ts'
import { MUTED, SMALL_SIZE } from './print-style.ts'

const PLAIN: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  hLineColor: () => '#ffffff',
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 1.2,
  paddingBottom: () => 1.2,
}

/** Labels and values, read down the first column, then down the next. */
export function layOutFacts(block: Extract<Block, { kind: 'facts' }>): LayoutNode {
  const count = Math.max(1, Math.min(block.columns ?? 1, block.items.length))
  const perColumn = Math.ceil(block.items.length / count)
  const columns = Array.from({ length: count }, (_, column): LayoutNode => {
    const items = block.items.slice(column * perColumn, (column + 1) * perColumn)
    const body = items.map(({ label, value }) => [
      { ...layOutText(label, { color: MUTED, fontSize: SMALL_SIZE + 0.5 }), margin: [0, 0.8, 0, 0] } as const,
      layOutCell(value),
    ])
    if (body.length === 0) return layOutText('')
    return { width: '*', table: { widths: ['auto', '*'], body }, layout: PLAIN }
  })
  return { columns, columnGap: 12, margin: [0, 0, 0, 8] }
}
