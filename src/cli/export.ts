import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { asSystem, type Context } from '../context.ts'
import { compare, EVERYTHING, parseOrder } from '../core/query.ts'
import { RefusedError } from '../core/refusal.ts'
import { exportRecords } from '../modules/records/export-records.ts'
import { writeCsv } from '../platform/spreadsheets/write-csv.ts'
import { writeXlsx } from '../platform/spreadsheets/write-xlsx.ts'
import { openSite } from '../site.ts'
import { type Command, UsageError } from './command.ts'

export const exportCommand: Command = {
  name: 'export',
  usage: 'export RECORD [--format csv|xlsx --out FILE --retired]',
  help: 'write every row of a record, such as machine-qa.unit, to standard output or a file',
  options: { format: { type: 'string' }, out: { type: 'string' }, retired: { type: 'boolean' } },
  run: async ({ config, words: [name], options }) => {
    if (name === undefined) throw new UsageError('Name the record, such as machine-qa.unit.')
    const format = formatOf(options.format)
    const { out } = options
    if (format === 'xlsx' && typeof out !== 'string' && process.stdout.isTTY)
      throw new UsageError('A workbook does not belong on a terminal: name a file with --out.')
    const site = await openSite(config)
    try {
      const ctx = asSystem(site.base, 'command line')
      const { content, count } = await contentOf(ctx, name, format, options.retired === true)
      const target =
        typeof out === 'string' ? createWriteStream(out, { mode: 0o600, flush: true }) : process.stdout
      await pipeline(content, target, { end: typeof out === 'string' })
      if (typeof out === 'string') console.log(`Wrote ${count} rows to ${out}.`)
      return 0
    } finally {
      await site.close()
    }
  },
}

function formatOf(given: string | boolean | undefined): 'csv' | 'xlsx' {
  if (given === undefined || given === 'csv') return 'csv'
  if (given === 'xlsx') return 'xlsx'
  throw new UsageError('The format is csv or xlsx.')
}

async function contentOf(ctx: Context, name: string, format: 'csv' | 'xlsx', withRetired: boolean) {
  const record = ctx.catalogue.find(name)
  if (!record) {
    const names = ctx.catalogue.records.map((known) => known.name).join('\n  ')
    throw new RefusedError({
      kind: 'invalid-input',
      problems: [{ field: '', problem: `There is no record ${name}. These are:\n  ${names}` }],
    })
  }
  const where = record.retirable && !withRetired ? compare('retiredAt', 'isnull', true) : EVERYTHING
  const { columns, rows, count } = await exportRecords(ctx, record, {
    where,
    order: record.order.map(parseOrder),
  })
  const zone = { zone: ctx.zone }
  const content =
    format === 'csv'
      ? writeCsv(columns, rows, zone)
      : writeXlsx(columns, rows, { ...zone, sheetName: record.label.many.slice(0, 31) })
  return { content, count }
}
