import { offsetAt, parseDay } from '../../core/calendar.ts'
import type { SheetCell, SheetColumn, SheetOptions } from './sheet.ts'

/** 0 → `A`, 26 → `AA`. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** Excel's own limit; a longer text is cut and ends in an ellipsis. */
const MAX_CELL_LENGTH = 32_767

/**
 * One cell (ECMA-376 part 1, 18.3.1.4). Texts are written in place and never as formulas, so that nothing a user typed
 * is run.
 *
 * @param reference such as `B7`
 * @param style index of the column's style
 */
export function xlsxCell(
  cell: SheetCell,
  column: SheetColumn,
  reference: string,
  style: number,
  options: SheetOptions,
): string {
  const place = `r="${reference}"${style > 0 ? ` s="${style}"` : ''}`
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return numberCell(cell, place)
  if (typeof cell === 'boolean') return `<c ${place} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (cell instanceof Date) return instantCell(cell, place, options)
  if (typeof cell !== 'string')
    return cell.value === undefined ? textCell(cell.text, place) : numberCell(cell.value, place)
  return (column.kind === 'day' ? dayCell(cell, place) : undefined) ?? textCell(cell, place)
}

/** NaN and infinities have no form in a spreadsheet. */
function numberCell(value: number, place: string): string {
  return Number.isFinite(value) ? `<c ${place}><v>${value}</v></c>` : ''
}

export function textCell(text: string, place: string): string {
  const cut = text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH - 1).toWellFormed()}…` : text
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xmlText(escapeControl(cut))}</t></is></c>`
}

/** Day 0 of the calendar of spreadsheets. */
const DAY_ZERO = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000
/** Before March 1900 that calendar has a day that never was. */
const FIRST_TRUE_DAY = Date.UTC(1900, 2, 1)

function dayCell(day: string, place: string): string | undefined {
  const at = parseDay(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return at >= FIRST_TRUE_DAY ? `<c ${place}><v>${(at - DAY_ZERO) / DAY_MS}</v></c>` : undefined
}

function instantCell(instant: Date, place: string, { zone }: SheetOptions): string {
  const at = instant.getTime()
  if (Number.isNaN(at)) return ''
  const local = at + offsetAt(at, zone)
  if (local < FIRST_TRUE_DAY) return textCell(instant.toISOString(), place)
  // Ten digits behind the point are a hundredth of a millisecond.
  return `<c ${place}><v>${Number(((local - DAY_ZERO) / DAY_MS).toFixed(10))}</v></c>`
}

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text or attribute value of XML 1.0; what it cannot hold goes away. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}--[\t\n\r]]|[\ufffe\uffff]/gv, '')
    .replaceAll(/[&<>"]/g, (character) => ENTITY[character] ?? character)
}

/** Excel reads `_x000D_` as a control character: what looks like that is escaped itself (ECMA-376 part 1, 22.4.2.4). */
function escapeControl(text: string): string {
  return text.replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
}
