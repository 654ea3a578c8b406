import { buffer } from 'node:stream/consumers'
import type { Context } from '../../context.ts'
import { zoneDay } from '../../core/calendar.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { SheetCell } from '../../platform/spreadsheets/sheet.ts'
import { writeCsv } from '../../platform/spreadsheets/write-csv.ts'
import { writeXlsx } from '../../platform/spreadsheets/write-xlsx.ts'
import type { ReportNote } from './domain/saved-report.ts'
import { describeReport } from './report-document.ts'
import type { ReportCell, ReportFormat } from './report-kind.ts'
import type { Reports } from './reports.ts'
import { MOST_ROWS, type ReportRun, runReport } from './run-report.ts'

export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const satisfies Record<ReportFormat, string>

/** What a report is made of. */
export type ReportOrder = {
  readonly kind: string
  readonly filters: unknown
  readonly format: ReportFormat
  readonly title: string
  readonly notes: readonly ReportNote[]
  readonly signature: boolean
}

export type ReportFile = {
  readonly fileName: string
  readonly mediaType: string
  readonly content: Buffer
  readonly rowCount: number
}

/**
 * Runs a report for the acting user and writes it in its format.
 *
 * @throws RefusedError `invalid-input` for filters, for a format that the kind does not have, and for more rows than
 *   the format takes
 */
export async function buildReportFile(
  ctx: Context,
  reports: Reports,
  order: ReportOrder,
): Promise<ReportFile> {
  const { format } = order
  const run = await runReport(ctx, reports, order, MOST_ROWS[format])
  if (!run.kind.formats.includes(format))
    throw invalidInput('format', `This report comes as ${run.kind.formats.join(', ')} only.`)
  if (run.data.isCut)
    throw invalidInput(
      'filters',
      `This report would have more than ${MOST_ROWS[format]} rows. Narrow its filters.`,
    )
  return {
    fileName: `${order.title.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')} ${zoneDay(ctx.now(), ctx.zone)}.${format}`,
    mediaType: MEDIA_TYPES[format],
    content: await writeReport(ctx, reports, order, run),
    rowCount: run.data.rows.length,
  }
}

async function writeReport(
  ctx: Context,
  { builder, siteName }: Reports,
  { format, title, notes, signature }: ReportOrder,
  { kind, data }: ReportRun,
): Promise<Buffer> {
  if (format === 'pdf') {
    const frame = { title, siteName, documentId: kind.title, notes, signature }
    return builder.buildPdf(describeReport(ctx, kind, data, frame))
  }
  const rows = data.rows.map(({ cells }) => cells.map(sheetCell))
  const stream =
    format === 'csv'
      ? writeCsv(data.columns, rows, { zone: ctx.zone, bom: true })
      : writeXlsx(data.columns, rows, { zone: ctx.zone, sheetName: title.slice(0, 31) })
  return buffer(stream)
}

/** What a sheet or a page of JSON holds for a cell. */
export function sheetCell(cell: ReportCell): SheetCell {
  if (typeof cell === 'object' && cell !== null && 'status' in cell) return cell.status.word
  return cell
}
