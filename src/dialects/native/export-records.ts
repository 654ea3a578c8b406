import type { FastifyReply, FastifyRequest } from 'fastify'
import { zoneDay } from '../../core/calendar.ts'
import type { Query } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import { exportRecords } from '../../modules/records/export-records.ts'
import { contentDisposition } from '../../platform/blobs/content-disposition.ts'
import { writeCsv } from '../../platform/spreadsheets/write-csv.ts'
import { writeXlsx, XLSX_LIMITS } from '../../platform/spreadsheets/write-xlsx.ts'

export type ExportFormat = 'csv' | 'xlsx'

/** The format that a list is asked for in. @throws RefusedError `invalid-input` for one that there is not */
export function formatOf(parameters: URLSearchParams): ExportFormat | 'json' {
  const format = parameters.get('format') ?? 'json'
  if (format === 'json' || format === 'csv' || format === 'xlsx') return format
  throw invalidInput('format', 'This must be json, csv or xlsx.')
}

/**
 * The whole filtered list as a file, while it is read; `limit` and `offset` do not count. `columns` names the fields,
 * all of them when absent.
 */
export async function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  record: RecordType,
  asked: { readonly query: Query; readonly format: ExportFormat; readonly columns: string | null },
): Promise<FastifyReply> {
  const { ctx } = request
  const names = asked.columns ? asked.columns.split(',') : undefined
  const { columns, rows, count } = await exportRecords(ctx, record, asked.query, names)
  const title = record.label.many
  const name = `${title} ${zoneDay(ctx.now(), ctx.zone)}.${asked.format}`
  reply.header('content-disposition', contentDisposition(name)).header('cache-control', 'no-store')
  if (asked.format === 'csv') {
    return reply.type('text/csv; charset=utf-8').send(writeCsv(columns, rows, { zone: ctx.zone, bom: true }))
  }
  if (count > XLSX_LIMITS.rows)
    throw invalidInput(
      'format',
      `A sheet has ${XLSX_LIMITS.rows} rows at most. Export as CSV, or filter the list.`,
    )
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(writeXlsx(columns, rows, { zone: ctx.zone, sheetName: title.slice(0, 31) }))
}
