import { parseOrderedJson } from '../../modules/quality/domain/ordered-json.ts'
import { readReportFile } from '../../modules/quality/domain/read-report-file.ts'
import { metricsOf } from '../../modules/quality/domain/report-tree.ts'
import { exportReport } from '../../modules/quality/export-report.ts'
import { importReport } from '../../modules/quality/import-report.ts'
import { latestChanges } from '../../modules/quality/latest-changes.ts'
import {
  type LoadedReport,
  loadOverview,
  loadReport,
  loadReportHeads,
  loadReports,
} from '../../modules/quality/load-reports.ts'
import { metricStates } from '../../modules/quality/metric-states.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import { statusSummary } from '../../modules/quality/status-summary.ts'
import { type Endpoint, type Exchange, parseJson } from './endpoint.ts'
import { masked, presentReport, presentSummary } from './present-report.ts'
import { sendJson } from './send-json.ts'
import { wireTimestamp } from './timestamps.ts'
import { PageFailure } from './wire-failure.ts'

/** Reading reports and the overview, and their export and import. */
export function reportEndpoints(quality: Quality): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/report',
      description: 'All reports with a summary of their metrics.',
      handle: (exchange) => allReports(exchange),
    },
    {
      method: 'GET',
      path: '/report/',
      description: 'All reports with a summary of their metrics.',
      handle: (exchange) => allReports(exchange),
    },
    {
      method: 'GET',
      path: '/report/<report_uuid>',
      description: 'A report with a summary of its metrics, and the titles of the others.',
      handle: (exchange) => oneReport(exchange),
    },
    {
      method: 'GET',
      path: '/report/<report_uuid>/json',
      description: 'Export a report as JSON, with encrypted credentials.',
      needs: 'session',
      handle: async ({ ctx, part, query }) => {
        const id = part('report_uuid')
        const publicKey = query.get('public_key') || undefined
        const report = await exportReport(ctx, quality, { id, publicKey })
        return presentReport(report, (await latestChanges(ctx, [id])).get(id))
      },
    },
    {
      method: 'POST',
      path: '/report/import',
      description: 'Import a report that was exported as JSON.',
      needs: 'session',
      handle: (exchange) => importFile(exchange, quality),
    },
    {
      method: 'GET',
      path: '/report/<report_uuid>/metric_status_summary',
      description: 'How many metrics of a report have each status.',
      handle: async ({ ctx, part, query }) => {
        const link = query.get('link') ?? undefined
        const { reportId, title, counts } = await statusSummary(ctx, part('report_uuid'), { link })
        return { report_uuid: reportId, title, ...counts }
      },
    },
    {
      method: 'GET',
      path: '/reports_overview',
      description: 'The overview of all reports.',
      handle: async ({ ctx, at }) => {
        const overview = await loadOverview(ctx, at())
        if (!overview) return {}
        const { permissions, ...rest } = overview.attributes
        // who may edit is for people who have signed in
        const shown =
          ctx.actor.kind === 'anonymous' || permissions === undefined ? rest : { ...rest, permissions }
        return {
          _id: String(overview.versionId).padStart(24, '0'),
          ...shown,
          timestamp: wireTimestamp(overview.validFrom),
        }
      },
    },
  ]
}

async function allReports({ ctx, at }: Exchange): Promise<unknown> {
  const when = at()
  const reports = await loadReports(ctx, when)
  return { ok: true, reports: await summaries({ ctx, at: when }, reports) }
}

/** The others are there too, without what is in them: clients offer them when something is copied or moved. */
async function oneReport({ ctx, at, part }: Exchange): Promise<unknown> {
  const when = at()
  const id = part('report_uuid')
  const [report, heads] = await Promise.all([loadReport(ctx, id, { at: when }), loadReportHeads(ctx, when)])
  const others = heads.filter(({ tree }) => tree.id !== id)
  const changes = await latestChanges(
    ctx,
    others.map(({ tree }) => tree.id),
    when,
  )
  const summary = report ? await summaries({ ctx, at: when }, [report]) : []
  return {
    ok: true,
    reports: [...summary, ...others.map((other) => presentReport(masked(other), changes.get(other.tree.id)))],
  }
}

async function summaries(
  { ctx, at }: { readonly ctx: Exchange['ctx']; readonly at: Date | undefined },
  reports: readonly LoadedReport[],
): Promise<readonly unknown[]> {
  const metrics = reports.flatMap(({ tree }) => metricsOf(tree).map(({ metric }) => metric))
  const [states, changes] = await Promise.all([
    metricStates(ctx, metrics, { at, recent: 'all' }),
    latestChanges(
      ctx,
      reports.map(({ tree }) => tree.id),
      at,
    ),
  ])
  return reports.map((report) => presentSummary(report, changes.get(report.tree.id), states))
}

async function importFile({ ctx, text, reply }: Exchange, quality: Quality): Promise<unknown> {
  const body = text()
  if (body === '')
    throw new PageFailure(400, 'The body must be JSON, with the content type application/json.')
  parseJson(body)
  const { reportId, hasLostCredentials } = await importReport(ctx, quality, readReportFile(orderedJson(body)))
  return sendJson(reply, {
    ok: true,
    new_report_uuid: reportId,
    ...(hasLostCredentials ? { warning: WARNING } : {}),
  })
}

const WARNING =
  'Credentials could not be decrypted, most likely because they were not encrypted with the public key of this Quality-time instance. The report was imported, but without credentials.'

function orderedJson(text: string) {
  try {
    return parseOrderedJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new PageFailure(400, 'Invalid JSON')
    throw error
  }
}
