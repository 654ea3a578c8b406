import { cellText } from './lay-out-text.ts'
import { points, type TextStyle } from './layout-node.ts'
import type { Column, RowGroup } from './pdf-document.ts'
import { BODY_SIZE } from './print-style.ts'
import { textWidth } from './text-runs.ts'

/** How a table is set so that its columns fit the page. */
export type ColumnFit = {
  readonly scale: number
  /** At the left and at the right of each cell, in points. */
  readonly padding: number
  readonly style: Pick<TextStyle, 'fontSize' | 'wordBreak'>
}

const PADDING = 4
/** Shape of a state and the gap behind it. */
const SHAPE_WIDTH = 13
/** Bold cuts, and fonts that stand in for others, are wider than what is measured. */
const SAFETY = 1.12
const SMALLEST_SCALE = 0.7

/**
 * A table whose longest words do not fit beside one another would run off the page: it is set smaller, down to seven
 * tenths, and then may break words anywhere.
 */
export function fitColumns(
  columns: readonly Column[],
  groups: readonly RowGroup[],
  width: number,
): ColumnFit {
  const longest = columns.map((column) => longestWord(`${column.title} ${column.unit ?? ''}`))
  for (const { rows } of groups) for (const { cells } of rows) noteLongest(longest, cells.map(cellText))
  const needed = columns.map((column, index) => neededWidth(column, longest[index] ?? ''))
  const total = needed.reduce((sum, one) => sum + one, 0)
  if (total <= width) return { scale: 1, padding: PADDING, style: {} }
  const scale = Math.max(SMALLEST_SCALE, (width / total) * 0.98)
  const fontSize = BODY_SIZE * scale
  if (scale * total <= width) return { scale, padding: PADDING * scale, style: { fontSize } }
  return { scale, padding: 1, style: { fontSize, wordBreak: 'break-all' } }
}

function noteLongest(longest: string[], texts: readonly string[]): void {
  for (const [index, text] of texts.entries()) {
    if (text.length <= (longest[index]?.length ?? 0)) continue
    const word = longestWord(text)
    if (word.length > (longest[index]?.length ?? 0)) longest[index] = word
  }
}

/** Words of 25 characters and more are broken anyway. */
function longestWord(text: string): string {
  const words = text.split(/\s+/).filter((word) => word.length < 25)
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}

function neededWidth(column: Column, word: string): number {
  if (typeof column.width === 'number') return points(column.width) + 2 * PADDING
  return textWidth(word, BODY_SIZE) * SAFETY + 2 * PADDING + (column.align === undefined ? SHAPE_WIDTH : 0)
}
