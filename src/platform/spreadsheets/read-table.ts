import type { Readable } from 'node:stream'
import { invalidInput } from '../../core/refusal.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import type { Table, TableFormat, TableLimits, TableOptions } from './table.ts'

/**
 * Reads a table that somebody uploaded. The file is held in memory, up to `limits.maxBytes`; workbooks are opened in a
 * worker thread of limited memory and time.
 *
 * @throws RefusedError `invalid-input` for what is too large, damaged, encrypted or of another format
 */
export async function readTable(
  source: Readable | Buffer,
  format: TableFormat,
  limits: TableLimits,
  options: TableOptions = {},
): Promise<Table> {
  const bytes = await readBytes(source, limits.maxBytes)
  return format === 'csv' ? readCsv(bytes, limits, options) : readXlsx(bytes, limits, options)
}

async function readBytes(source: Readable | Buffer, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) throw invalidInput('file', `This file is larger than the allowed ${maxBytes} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/**
 * What the first bytes of a file say.
 *
 * @throws RefusedError `invalid-input` for workbooks of old versions, which nothing here can read
 */
export function sniffTableFormat(start: Uint8Array): TableFormat {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => start[index] === byte)
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw invalidInput(
      'file',
      'This is a workbook of an old format, or an encrypted one. Save it as .xlsx without password.',
    )
  }
  return begins(0x50, 0x4b, 0x03, 0x04) ? 'xlsx' : 'csv'
}
