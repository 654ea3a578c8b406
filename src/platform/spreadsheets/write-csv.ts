import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { formatOffsetDateTime } from '../../core/calendar.ts'
import { batches, type Rows, type SheetCell, type SheetColumn, type SheetOptions } from './sheet.ts'

export type CsvOptions = SheetOptions & {
  /** A byte order mark, without which Excel reads UTF-8 as the system's code page. */
  readonly bom?: boolean
  readonly delimiter?: ',' | ';' | '\t'
  /** `3,5` in place of `3.5`; goes with the delimiter `;`. */
  readonly decimalComma?: boolean
}

const ROWS_PER_BATCH = 200

/**
 * Writes rows as CSV (RFC 4180) in UTF-8 while they arrive. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it; numbers never do. Instants carry their offset; a failure of `rows` destroys the stream.
 */
export function writeCsv(columns: readonly SheetColumn[], rows: Rows, options: CsvOptions): Readable {
  return Readable.from(csvParts(columns, rows, options), { objectMode: false })
}

async function* csvParts(
  columns: readonly SheetColumn[],
  rows: Rows,
  options: CsvOptions,
): AsyncGenerator<Buffer> {
  const layout = { delimiter: options.delimiter ?? ',', record_delimiter: 'windows' } as const
  const titles = columns.map(({ title }) => withoutFormula(title))
  yield Buffer.from((options.bom ? '\uFEFF' : '') + stringify([titles], layout))
  for await (const batch of batches(rows, ROWS_PER_BATCH)) {
    const records = batch.map((row) =>
      columns.map((column, index) => csvText(row[index] ?? null, column, options)),
    )
    yield Buffer.from(stringify(records, layout))
  }
}

function csvText(cell: SheetCell, column: SheetColumn, options: CsvOptions): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return numberText(String(cell), options)
  if (typeof cell === 'boolean') return String(cell)
  if (cell instanceof Date) return formatOffsetDateTime(cell, options.zone)
  if (typeof cell !== 'string') return typedNumberText(cell.text, options)
  return column.kind === 'number' ? typedNumberText(cell, options) : withoutFormula(cell)
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** `-3.50` stays a number; what only begins like one is a text. */
function typedNumberText(text: string, options: CsvOptions): string {
  return PLAIN_NUMBER.test(text) ? numberText(text, options) : withoutFormula(text)
}

function numberText(text: string, { decimalComma }: CsvOptions): string {
  if (!PLAIN_NUMBER.test(text)) return '' // NaN and infinities
  return decimalComma ? text.replace('.', ',') : text
}

/** Spreadsheets run what begins with one of these, also in its full-width form (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/

export function withoutFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text
}
