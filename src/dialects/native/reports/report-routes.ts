import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { LoggedRun } from '../../../modules/reports/domain/report-run.ts'
import type { SavedReport } from '../../../modules/reports/domain/saved-report.ts'
import {
  getSavedReport,
  listReportRuns,
  listSavedReports,
  openRunFile,
} from '../../../modules/reports/list-reports.ts'
import { flagOf, parseFormat, parseNotes } from '../../../modules/reports/parse-report.ts'
import { buildReportFile, type ReportFile, sheetCell } from '../../../modules/reports/report-file.ts'
import { type ReportKind, requireReportKind } from '../../../modules/reports/report-kind.ts'
import type { Reports } from '../../../modules/reports/reports.ts'
import { listReportKinds, MOST_ROWS, runReport } from '../../../modules/reports/run-report.ts'
import { changeReport, removeReport, saveReport } from '../../../modules/reports/save-report.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import type { WirePreview, WireReport, WireReportKind, WireRun } from './reports.schema.ts'

const BASE = '/api/v1/reports'

/** `/api/v1/reports`: kinds of reports, what they find, and reports under a title with their schedule. */
export function reportRoutes(app: FastifyInstance, reports: Reports): void {
  app.get(`${BASE}/kinds`, async ({ ctx }) => ({ items: listReportKinds(ctx, reports).map(presentKind) }))

  app.post(`${BASE}/preview`, async (request): Promise<WirePreview> => {
    const { kind, filters = {} } = objectBody(request)
    return preview(request.ctx, reports, { kind: kindOf(kind), filters })
  })

  app.post(`${BASE}/file`, async (request, reply) => {
    const given = objectBody(request)
    const { formats, title } = requireReportKind(reports.kinds, kindOf(given.kind))
    const file = await buildReportFile(request.ctx, reports, {
      kind: kindOf(given.kind),
      filters: given.filters ?? {},
      format: parseFormat(formats, given.format),
      title: typeof given.title === 'string' && given.title.trim() !== '' ? given.title.slice(0, 200) : title,
      notes: parseNotes(given.notes ?? []),
      signature: flagOf(given.signature, 'signature'),
    })
    return sendFile(reply, file)
  })

  app.get(BASE, async ({ ctx }) => ({
    items: (await listSavedReports(ctx)).map((report) => presentReport(reports, ctx, report)),
  }))

  app.post(BASE, async (request, reply) => {
    const report = await saveReport(request.ctx, reports, objectBody(request))
    return reply
      .code(201)
      .header('location', `${BASE}/${report.id}`)
      .send(presentReport(reports, request.ctx, report))
  })

  app.get<ById>(`${BASE}/:id`, async (request) =>
    presentReport(reports, request.ctx, await getSavedReport(request.ctx, idOf(request))),
  )

  app.patch<ById>(`${BASE}/:id`, async (request) => {
    const { version, ...choice } = objectBody(request)
    if (typeof version !== 'number') throw invalidInput('version', 'This is required: the version you read.')
    const report = await changeReport(request.ctx, reports, idOf(request), version, choice)
    return presentReport(reports, request.ctx, report)
  })

  app.delete<ById>(`${BASE}/:id`, async (request, reply) => {
    await removeReport(request.ctx, idOf(request))
    return reply.code(204).send()
  })

  app.get<ById>(`${BASE}/:id/preview`, async (request): Promise<WirePreview> => {
    return preview(request.ctx, reports, await getSavedReport(request.ctx, idOf(request)))
  })

  app.get<ById>(`${BASE}/:id/file`, async (request, reply) => {
    const report = await getSavedReport(request.ctx, idOf(request))
    return sendFile(reply, await buildReportFile(request.ctx, reports, report))
  })

  app.get<ById>(`${BASE}/:id/runs`, async (request) => {
    const id = idOf(request)
    return { items: (await listReportRuns(request.ctx, id)).map((run) => presentRun(id, run)) }
  })

  app.get<{ Params: { id: string; run: string } }>(`${BASE}/:id/runs/:run/file`, async (request, reply) => {
    const run = Number(/^\d{1,9}$/.exec(request.params.run)?.[0] ?? 0)
    const { file, content } = await openRunFile(request.ctx, idOf(request), run)
    return reply
      .headers({
        'content-type': 'application/octet-stream',
        'content-disposition': contentDisposition(file.name),
        'cache-control': 'private, no-store',
      })
      .send(content)
  })
}

function kindOf(given: unknown): string {
  if (typeof given === 'string') return given
  throw invalidInput('kind', 'This is required: the kind of report.')
}

function sendFile(reply: FastifyReply, { fileName, mediaType, content }: ReportFile): FastifyReply {
  return reply
    .headers({
      'content-type': mediaType,
      'content-disposition': contentDisposition(fileName),
      'cache-control': 'private, no-store',
    })
    .send(content)
}

async function preview(
  ctx: Context,
  reports: Reports,
  asked: { readonly kind: string; readonly filters: unknown },
): Promise<WirePreview> {
  // read as for paper, so that what is counted counts all of it
  const { data } = await runReport(ctx, reports, asked, MOST_ROWS.pdf)
  const shown = data.rows.slice(0, MOST_ROWS.preview)
  return {
    facts: data.facts,
    columns: data.columns.map(({ title, kind, decimals, onPaper }) => ({
      ...{ title, kind, decimals: decimals ?? null },
      isOnPaper: onPaper !== 'none',
    })),
    rows: shown.map(({ cells, group, note }) => ({
      cells: cells.map((cell) => {
        if (typeof cell === 'object' && cell !== null && 'status' in cell) return { status: cell.status }
        const plain = sheetCell(cell)
        if (plain instanceof Date) return plain.toISOString()
        return typeof plain === 'object' && plain !== null ? plain.text : plain
      }),
      group: group ?? null,
      note: note ?? null,
    })),
    isCut: data.isCut || data.rows.length > shown.length,
  }
}

function presentKind({ kind, title, description, filters, formats }: ReportKind): WireReportKind {
  return { kind, title, description, filters, formats }
}

function presentReport(reports: Reports, { actor }: Context, report: SavedReport): WireReport {
  const { id, version, ownerId, title, kind, format, filters, notes, signature, visibility } = report
  const { visibleTo, schedule, nextRunAt, modifiedAt } = report
  return {
    ...{ id, version, ownerId, title, kind, format, filters, notes, signature, visibility, visibleTo },
    kindTitle: reports.kinds.get(kind)?.title ?? kind,
    isOwn: actor.kind === 'user' && actor.id === ownerId,
    schedule,
    nextRunAt: nextRunAt?.toISOString() ?? null,
    modifiedAt: modifiedAt.toISOString(),
  }
}

function presentRun(reportId: number, run: LoggedRun): WireRun {
  const { id, state, problem, rowCount, recipients, format } = run
  return {
    ...{ id, state, problem, rowCount, recipients, format },
    scheduledFor: run.scheduledFor?.toISOString() ?? null,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    file: run.file && {
      name: run.file.name,
      sizeBytes: run.file.sizeBytes,
      href: `${BASE}/${reportId}/runs/${id}/file`,
    },
  }
}
