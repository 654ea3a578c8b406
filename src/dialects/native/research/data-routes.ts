import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { zoneDay } from '../../../core/calendar.ts'
import { type Condition, compare, EVERYTHING } from '../../../core/query.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { isJsonObject } from '../../../modules/research/domain/json-value.ts'
import { exportCrate } from '../../../modules/research/export-crate.ts'
import { exportSamples } from '../../../modules/research/export-samples.ts'
import { importCrate } from '../../../modules/research/import-crate.ts'
import { importTable } from '../../../modules/research/import-table.ts'
import { labelsOfSamples } from '../../../modules/research/print-labels.ts'
import type { ResearchServices } from '../../../modules/research/research-services.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { requestOrigin } from '../../../platform/http/origin.ts'
import { withSpoolFolder } from '../../../platform/http/spooled-form.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { LABEL_SHEETS } from '../../../platform/pdf/label-sheets.ts'
import { sniffTableFormat } from '../../../platform/spreadsheets/read-table.ts'
import { writeCsv } from '../../../platform/spreadsheets/write-csv.ts'
import { writeXlsx, XLSX_LIMITS } from '../../../platform/spreadsheets/write-xlsx.ts'
import { parametersOf } from '../records.ts'
import { receiveSpooled } from './experiment-routes.ts'
import { optionalId, requiredDay, requiredId } from './parse-bodies.ts'
import { readSearch } from './sample-routes.ts'

const ROOT = '/api/v1/research'

/** Exports, imports and labels, below `/api/v1/research/`. */
export function dataRoutes(
  app: FastifyInstance,
  services: ResearchServices,
  facts: { readonly version: string },
): void {
  const builder = openDocumentBuilder()
  app.addHook('onClose', () => builder.close())

  app.get(`${ROOT}/samples/export`, (request, reply) => sendExport(request, reply, facts.version))

  app.get(`${ROOT}/samples/labels`, async (request, reply) => {
    const parameters = parametersOf(request)
    const labels = await labelsOfSamples(
      request.ctx,
      idsOf(parameters.get('ids')) ?? [],
      requestOrigin(request, ''),
    )
    const name = parameters.get('sheet') ?? Object.keys(LABEL_SHEETS)[0] ?? ''
    const sheet = Object.hasOwn(LABEL_SHEETS, name) ? LABEL_SHEETS[name] : undefined
    if (!sheet) throw invalidInput('sheet', `This must be one of ${Object.keys(LABEL_SHEETS).join('; ')}.`)
    const skip = Number(parameters.get('skip') ?? 0)
    const pdf = await builder.buildLabels({
      title: 'Sample labels',
      generatedAt: request.ctx.now(),
      sheet,
      labels,
      skip,
    })
    reply.header('content-disposition', contentDisposition('sample labels.pdf', 'inline'))
    return reply.type('application/pdf').send(pdf)
  })

  app.post(`${ROOT}/samples/import-table`, async (request) =>
    withSpoolFolder(async (folder) => {
      const { file, fields, mode } = await receiveImport(request, folder)
      const defaults = jsonOf(fields.get('defaults'))
      const given = {
        instituteId: requiredId(defaults, 'instituteId'),
        projectId: requiredId(defaults, 'projectId'),
        sampleTypeId: requiredId(defaults, 'sampleTypeId'),
        methodId: optionalId(defaults, 'methodId') ?? null,
        dateCreated: requiredDay(defaults, 'dateCreated'),
      }
      const format = sniffTableFormat(await startOf(file.path))
      const done = await importTable(
        request.ctx,
        services,
        { content: createReadStream(file.path), format },
        given,
        mode,
      )
      const failed = done.rows.filter(({ problems }) => problems.length > 0).length
      return { ...done, ok: done.rows.length - failed, failed }
    }),
  )

  app.post(`${ROOT}/data/import`, async (request) =>
    withSpoolFolder(async (folder) => {
      const { file, fields, mode } = await receiveImport(request, folder)
      const defaults = jsonOf(fields.get('defaults'))
      const given = {
        instituteId: requiredId(defaults, 'instituteId'),
        projectId: requiredId(defaults, 'projectId'),
      }
      return importCrate(request.ctx, services, { path: file.path, folder }, given, mode)
    }),
  )
}

async function receiveImport(request: FastifyRequest, folder: string) {
  const { files, fields } = await receiveSpooled(request, folder)
  const [file] = files.values()
  if (!file) throw invalidInput('file', 'This is required.')
  const mode = fields.get('mode') ?? 'check'
  if (mode !== 'check' && mode !== 'store') throw invalidInput('mode', 'This must be check or store.')
  return { file, fields, mode } as const
}

function jsonOf(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (isJsonObject(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalidInput('defaults', 'This must be a JSON object.')
}

async function startOf(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function idsOf(text: string | null): readonly number[] | undefined {
  if (text === null || text === '') return undefined
  const ids = text.split(',').map(Number)
  if (ids.length > 10_000 || ids.some((id) => !Number.isSafeInteger(id) || id < 1))
    throw invalidInput('ids', 'This must be a list of ids.')
  return ids
}

async function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  version: string,
): Promise<FastifyReply> {
  const { ctx } = request
  const parameters = parametersOf(request)
  const search = readSearch(parameters.get('q'))
  const ids = idsOf(parameters.get('ids'))
  const where: Condition = ids ? compare('id', 'in', ids) : EVERYTHING
  const format = parameters.get('format') ?? 'csv'
  reply.header('cache-control', 'no-store')
  if (format === 'eln') {
    const crate = await exportCrate(ctx, {
      search,
      where,
      host: requestOrigin(request, ''),
      software: version,
    })
    reply.header('content-disposition', contentDisposition(crate.name))
    return reply.type('application/vnd.eln+zip').send(crate.content)
  }
  if (format !== 'csv' && format !== 'xlsx') throw invalidInput('format', 'This must be csv, xlsx or eln.')
  const { columns, rows, count } = await exportSamples(ctx, search, where)
  reply.header('content-disposition', contentDisposition(`Samples ${zoneDay(ctx.now(), ctx.zone)}.${format}`))
  if (format === 'csv')
    return reply.type('text/csv; charset=utf-8').send(writeCsv(columns, rows, { zone: ctx.zone, bom: true }))
  if (count > XLSX_LIMITS.rows)
    throw invalidInput('format', `A sheet has ${XLSX_LIMITS.rows} rows at most. Export as CSV.`)
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(writeXlsx(columns, rows, { zone: ctx.zone, sheetName: 'Samples' }))
}
