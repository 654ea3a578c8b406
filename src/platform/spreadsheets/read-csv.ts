import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { invalidInput } from '../../core/refusal.ts'
import { decodeStart, decodeText, sniffEncoding } from './decode-text.ts'
import { declaredDelimiter, sniffDelimiter } from './sniff-delimiter.ts'
import type { Table, TableLimits, TableOptions, TableRow } from './table.ts'

const SAMPLE_BYTES = 65_536
/** Of one row; an unclosed quote would otherwise swallow the whole file. */
const MAX_ROW_LENGTH = 1_000_000

export function readCsv(bytes: Buffer, limits: TableLimits, options: TableOptions): Table {
  const encoding = options.encoding ?? sniffEncoding(bytes)
  const start = decodeStart(bytes, encoding, SAMPLE_BYTES)
  const declared = declaredDelimiter(start)
  const delimiter = options.delimiter ?? declared ?? sniffDelimiter(start)
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    from_line: declared ? 2 : 1,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW_LENGTH,
  })
  const text = Readable.from(decodeText(bytes, encoding))
  text.on('error', (error) => parser.destroy(error))
  return { format: 'csv', encoding, delimiter, rows: rowsOf(text.pipe(parser), limits) }
}

/** What csv-parse gives with `info`. */
type Parsed = { readonly info: { readonly lines: number }; readonly record: readonly string[] }

async function* rowsOf(parsed: AsyncIterable<Parsed>, limits: TableLimits): AsyncGenerator<TableRow> {
  let count = 0
  try {
    for await (const { info, record } of parsed) {
      count += 1
      if (count > limits.maxRows)
        throw invalidInput('file', `This file has more than ${limits.maxRows} rows.`)
      if (record.length > limits.maxColumns) {
        throw invalidInput('file', `Line ${info.lines}: more than ${limits.maxColumns} columns.`)
      }
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    if (error instanceof CsvError) throw invalidInput('file', explain(error))
    throw error
  }
}

function explain(error: CsvError): string {
  const line = typeof error.lines === 'number' ? `Line ${error.lines}: ` : ''
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quotation mark is opened and never closed.`
    case 'CSV_MAX_RECORD_SIZE':
      return `${line}this row is too long; is a quotation mark missing?`
    default:
      return `${line}${error.message}`
  }
}
