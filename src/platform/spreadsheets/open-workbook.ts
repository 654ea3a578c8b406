import { createRequire } from 'node:module'
import type { CellValue, Workbook, Worksheet } from 'exceljs'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { checkZip } from './check-zip.ts'
import type { TableCell, TableLimits, TableRow } from './table.ts'

const ZIP_LIMITS = { maxEntries: 2_000, maxInflatedBytes: 150_000_000 }

/**
 * Opens a workbook. Loads ExcelJS and blocks its thread: for workers only.
 *
 * @throws RefusedError `invalid-input` for what is no sound workbook
 */
export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  checkZip(archive, ZIP_LIMITS)
  const { Workbook: NewWorkbook }: { Workbook: new () => Workbook } = createRequire(import.meta.url)(
    'exceljs',
  )
  const workbook = new NewWorkbook()
  try {
    await workbook.xlsx.load(bytes.slice().buffer)
  } catch (error) {
    if (error instanceof RefusedError) throw error
    // Whatever the library stumbles over is in the file: it has no error of its own for that.
    throw invalidInput('file', 'This workbook cannot be read. It is damaged, or not a workbook.')
  }
  if (workbook.worksheets.length === 0) throw invalidInput('file', 'This workbook has no sheet.')
  return workbook
}

/** @throws RefusedError `invalid-input` when there is no sheet of that name */
export function chooseSheet(workbook: Workbook, name: string | undefined): Worksheet {
  const visible = workbook.worksheets.find(({ state }) => state === 'visible') ?? workbook.worksheets[0]
  const sheet = name === undefined ? visible : workbook.worksheets.find((one) => one.name === name)
  if (!sheet) throw invalidInput('sheet', `There is no sheet “${name ?? ''}” in this workbook.`)
  return sheet
}

/** @throws RefusedError `invalid-input` beyond the limits */
export function* sheetRows(sheet: Worksheet, limits: TableLimits): Generator<TableRow> {
  if (sheet.actualRowCount > limits.maxRows) {
    throw invalidInput('file', `This sheet has more than ${limits.maxRows} rows.`)
  }
  for (let line = 1; line <= sheet.rowCount; line++) {
    const row = sheet.findRow(line)
    if (!row?.hasValues) continue
    if (row.cellCount > limits.maxColumns) {
      throw invalidInput('file', `Line ${line}: more than ${limits.maxColumns} columns.`)
    }
    const cells = Array.from({ length: row.cellCount }, (_, index) =>
      tableCell(row.findCell(index + 1)?.value ?? null),
    )
    if (cells.some((cell) => cell !== null && cell !== '')) yield { line, cells }
  }
}

/** A formula counts as its result, rich text and links as their words, an error as its name. */
function tableCell(value: CellValue | undefined): TableCell {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return localTime(value)
  if (typeof value !== 'object') return value
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return value.error
  if ('hyperlink' in value) return tableCell(value.text)
  return 'result' in value ? tableCell(value.result) : null
}

/** ExcelJS gives the wall time of a sheet as if it were UTC; seconds are rounded, as sheets store binary fractions of days. */
function localTime(date: Date): TableCell {
  if (Number.isNaN(date.getTime())) return null
  const rounded = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  return rounded.endsWith('T00:00:00.000Z') ? rounded.slice(0, 10) : rounded.slice(0, 19)
}
