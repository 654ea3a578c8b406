import type { LayoutNode } from './layout-node.ts'

/** The same content with nothing kept together and no repeated header: it breaks anywhere, and all of it is printed. */
export function loosenLayout(node: LayoutNode): LayoutNode {
  const { unbreakable: _dropped, ...rest } = node
  if ('stack' in rest) return { ...rest, stack: rest.stack.map(loosenLayout) }
  if ('columns' in rest) return { ...rest, columns: rest.columns.map(loosenLayout) }
  if ('ul' in rest) return { ...rest, ul: rest.ul.map(loosenLayout) }
  if ('ol' in rest) return { ...rest, ol: rest.ol.map(loosenLayout) }
  if ('table' in rest) {
    const { widths, body } = rest.table
    return { ...rest, table: { widths, body: body.map((row) => row.map(loosenLayout)) } }
  }
  return rest
}
