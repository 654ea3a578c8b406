import type { Context } from '../../../context.ts'
import { endOfDay, parseDay } from '../../../core/calendar.ts'
import type { Block, PdfDocument, Row } from '../../../platform/pdf/pdf-document.ts'
import type { Status as DocumentStatus } from '../../../platform/pdf/status-token.ts'
import { nameOfSubject, readMetric, unitOf } from '../domain/metric.ts'
import { metricsOf, type SubjectItem, textOf } from '../domain/report-tree.ts'
import { countStatuses, STATUS_NAMES, type Status } from '../domain/status.ts'
import { loadReport, loadReports } from '../load-reports.ts'
import { type MetricState, metricStates } from '../metric-states.ts'
import type { Quality } from '../quality.ts'
import { summarise } from '../status-summary.ts'
import { requireVisibleReport } from '../visible-reports.ts'

const TOKENS: Readonly<Record<Status | 'unknown', DocumentStatus['token']>> = {
  target_met: 'ok',
  near_target_met: 'warn',
  target_not_met: 'act',
  debt_target_met: 'debt',
  informative: 'none',
  unknown: 'unknown',
}

function statusOf(status: Status | null): DocumentStatus {
  const key = status ?? 'unknown'
  return { token: TOKENS[key], word: STATUS_NAMES[key] }
}

/** A day means its end; anything else, and the future, means now. */
function timeOf(ctx: Context, query: URLSearchParams): Date | undefined {
  const day = parseDay((query.get('report_date') ?? '').slice(0, 10))
  const at = day && endOfDay(day, ctx.zone)
  return at && at < ctx.now() ? at : undefined
}

/** A report on paper. @throws RefusedError `not-found` */
export async function reportDocument(
  ctx: Context,
  _quality: Quality,
  id: string,
  query: URLSearchParams,
): Promise<PdfDocument> {
  const reading = { link: query.get('link') ?? undefined }
  await requireVisibleReport(ctx, id, reading)
  const at = timeOf(ctx, query)
  const report = await loadReport(ctx, id, { at, ...reading })
  const metrics = report ? metricsOf(report.tree).map(({ metric }) => metric) : []
  const states = await metricStates(ctx, metrics, { at, recent: 'none' })
  return {
    ...frame(ctx, query, id),
    title: report ? (textOf(report.tree.attributes, 'title') ?? '') : 'Quality report',
    subtitle: report ? (textOf(report.tree.attributes, 'subtitle') ?? '') : '',
    blocks: report
      ? report.tree.subjects.flatMap((subject) => subjectBlocks(subject, states))
      : [{ kind: 'text', text: 'This report did not exist at that date.' }],
  }
}

/** The overview of all reports on paper. */
export async function overviewDocument(
  ctx: Context,
  _quality: Quality,
  query: URLSearchParams,
): Promise<PdfDocument> {
  const at = timeOf(ctx, query)
  const summaries = await summarise(ctx, await loadReports(ctx, at), at)
  return {
    ...frame(ctx, query, 'reports_overview'),
    title: 'Reports',
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: 'Report', width: 'fill' },
          ...Object.keys(countStatuses([])).map((title) => ({ title })),
        ],
        rows: summaries.map(({ title, counts }) => ({
          cells: [title, ...Object.values(counts).map(String)],
        })),
        whenEmpty: 'There are no reports.',
      },
    ],
  }
}

function frame(ctx: Context, query: URLSearchParams, documentId: string) {
  const url = query.get('report_url')
  return {
    documentId,
    generatedAt: ctx.now(),
    zone: ctx.zone,
    locale: query.get('language') === 'nl' ? 'nl' : 'en',
    ...(url && /^https?:\/\//.test(url) ? { footerNote: url.slice(0, 500) } : {}),
  }
}

function subjectBlocks(subject: SubjectItem, states: ReadonlyMap<string, MetricState>): readonly Block[] {
  const rows = subject.metrics.map((item): Row => {
    const metric = readMetric(item)
    const state = states.get(item.id)
    const value = state?.latest?.scales[metric.scale]?.value ?? null
    return {
      cells: [
        metric.name,
        { status: statusOf(state?.status ?? null) },
        value ?? '?',
        metric.target ?? '',
        unitOf(metric, value),
      ],
    }
  })
  return [
    { kind: 'heading', level: 2, text: nameOfSubject(subject.attributes) },
    {
      kind: 'table',
      columns: [
        { title: 'Metric', width: 'fill' },
        { title: 'Status' },
        { title: 'Measurement', align: 'end' },
        { title: 'Target', align: 'end' },
        { title: 'Unit' },
      ],
      rows,
      whenEmpty: 'This subject has no metrics.',
    },
  ]
}
