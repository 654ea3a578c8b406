import { Readable } from 'node:stream'
import { invalidInput } from '../../core/refusal.ts'
import { batches, type Rows, type SheetColumn, type SheetOptions, type SheetRow } from './sheet.ts'
import { columnName, textCell, xlsxCell } from './xlsx-cell.ts'
import { sheetEnd, sheetStart, styleOf, workbookParts } from './xlsx-parts.ts'
import { writeZip } from './zip-writer.ts'

export type XlsxOptions = SheetOptions & { readonly sheetName: string }

/** What a sheet can hold; beyond it only CSV does. */
export const XLSX_LIMITS = { rows: 1_048_575, columns: 16_384 } as const

const ROWS_PER_BATCH = 200
const HEADER_STYLE = 1

/**
 * Writes rows as one sheet of an Office Open XML workbook while they arrive, with typed cells, a frozen header and a
 * filter. Never holds more than a batch of rows; a failure of `rows` destroys the stream.
 *
 * @throws RefusedError `invalid-input` through the stream when there are more rows than a sheet can hold
 */
export function writeXlsx(columns: readonly SheetColumn[], rows: Rows, options: XlsxOptions): Readable {
  if (columns.length > XLSX_LIMITS.columns)
    throw invalidInput('columns', 'A sheet has at most 16,384 columns.')
  const sheet = { name: 'xl/worksheets/sheet1.xml', content: sheetPieces(columns, rows, options) }
  const parts = [...workbookParts(columns, options.sheetName), sheet]
  return Readable.from(writeZip(parts), { objectMode: false })
}

async function* sheetPieces(
  columns: readonly SheetColumn[],
  rows: Rows,
  options: XlsxOptions,
): AsyncGenerator<string> {
  const names = columns.map((_, index) => columnName(index))
  const styles = columns.map((column) => styleOf(column, columns))
  const titles = columns.map(({ title }, index) =>
    textCell(title, `r="${names[index]}1" s="${HEADER_STYLE}"`),
  )
  yield `${sheetStart(columns)}<row r="1">${titles.join('')}</row>`
  let last = 1
  const line = (row: SheetRow): string => {
    last++
    const cells = columns.map((column, index) =>
      xlsxCell(row[index] ?? null, column, `${names[index]}${last}`, styles[index] ?? 0, options),
    )
    return `<row r="${last}">${cells.join('')}</row>`
  }
  for await (const batch of batches(rows, ROWS_PER_BATCH)) {
    if (last + batch.length > XLSX_LIMITS.rows + 1) {
      throw invalidInput('rows', 'A sheet has at most 1,048,575 rows. Export as CSV, or filter the list.')
    }
    yield batch.map(line).join('')
  }
  yield sheetEnd(columns.length, last)
}
