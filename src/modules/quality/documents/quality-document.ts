import type { Context } from '../../../context.ts'
import { formatDayWithMonthName, formatMinuteWithMonthName, zoneDay } from '../../../core/calendar.ts'
import type { Block, PdfDocument } from '../../../platform/pdf/pdf-document.ts'
import { nameOfSubject } from '../domain/metric.ts'
import { metricsOf, type ReportTree, type SubjectItem, textOf } from '../domain/report-tree.ts'
import { requiresAction } from '../domain/status.ts'
import { loadReport, loadReports, readingDatabase } from '../load-reports.ts'
import { type MetricState, metricStates } from '../metric-states.ts'
import type { Quality } from '../quality.ts'
import { findDailyPoints } from '../store/measurements.ts'
import { requireVisibleReport } from '../visible-reports.ts'
import { dashboardBlocks } from './dashboard.ts'
import { detailBlocks } from './metric-details.ts'
import { columnsOf, type MetricRow, metricRow, plainText, sortRows } from './metric-row.ts'
import { type PdfOptions, readPdfOptions } from './pdf-options.ts'

/** A report on paper, with what the parameters of the address ask for. @throws RefusedError `not-found` */
export async function reportDocument(
  ctx: Context,
  _quality: Quality,
  id: string,
  query: URLSearchParams,
): Promise<PdfDocument> {
  const options = readPdfOptions(query, id, { now: ctx.now(), zone: ctx.zone })
  const reading = { link: query.get('link') ?? undefined }
  await requireVisibleReport(ctx, id, reading)
  const report = await loadReport(ctx, id, { at: options.at, ...reading })
  if (!report)
    return {
      ...frame(ctx, options, id),
      title: 'Quality report',
      blocks: [{ kind: 'text', text: 'This report did not exist at that date.' }],
    }
  const { tree } = report
  const [rows] = await rowsOf(ctx, [tree], options)
  const shown = rows ?? []
  return {
    ...frame(ctx, options, id),
    title: textOf(tree.attributes, 'title') ?? '',
    subtitle: textOf(tree.attributes, 'subtitle') ?? '',
    blocks: [
      ...metadata(ctx, options, tree),
      ...dashboardBlocks('subjects', partsOf(tree, shown), shown, options),
      ...(await subjectBlocks(ctx, tree, shown, options)),
    ],
  }
}

/** The overview of all reports on paper; metrics only where they are asked for. */
export async function overviewDocument(
  ctx: Context,
  _quality: Quality,
  query: URLSearchParams,
): Promise<PdfDocument> {
  const options = readPdfOptions(query, null, { now: ctx.now(), zone: ctx.zone })
  const trees = (await loadReports(ctx, options.at)).map(({ tree }) => tree)
  const rows = await rowsOf(ctx, trees, options)
  const parts = trees.map((tree, index) => ({
    title: textOf(tree.attributes, 'title') ?? '',
    statuses: (rows[index] ?? []).map(({ state }) => state?.status ?? null),
  }))
  const reports = await Promise.all(
    trees.map(async (tree, index): Promise<readonly Block[]> => {
      const blocks = await subjectBlocks(ctx, tree, rows[index] ?? [], options)
      return blocks.length === 0
        ? []
        : [{ kind: 'heading', level: 1, text: textOf(tree.attributes, 'title') ?? '' }, ...blocks]
    }),
  )
  return {
    ...frame(ctx, options, 'reports_overview'),
    title: 'Reports',
    blocks: [
      ...metadata(ctx, options),
      ...(trees.length === 0 ? [{ kind: 'text' as const, text: 'There are no reports.' }] : []),
      ...dashboardBlocks('reports', parts, rows.flat(), options),
      ...reports.flat(),
    ],
  }
}

function frame(ctx: Context, options: PdfOptions, documentId: string) {
  const date = dayOf(ctx, options)
  return {
    documentId,
    generatedAt: ctx.now(),
    zone: ctx.zone,
    locale: options.language,
    // twelve columns do not fit the other way
    page: { orientation: 'landscape' as const },
    footerNote: options.reportUrl === null ? date : `${options.reportUrl} · ${date}`,
  }
}

function dayOf(ctx: Context, { at, language }: PdfOptions): string {
  const day = zoneDay(at ?? ctx.now(), ctx.zone)
  return language === 'nl' ? day.split('-').toReversed().join('-') : formatDayWithMonthName(day)
}

/** The card that says which report this is and when it was like this. */
function metadata(ctx: Context, options: PdfOptions, tree?: ReportTree): readonly Block[] {
  const title = tree ? (textOf(tree.attributes, 'title') ?? '') : 'Reports'
  const comment = plainText(textOf(tree?.attributes ?? {}, 'comment') ?? '')
  const url = options.reportUrl
  return [
    {
      kind: 'facts',
      columns: 2,
      items: [
        { label: 'Report', value: url === null ? title : [{ text: title, link: url }] },
        { label: 'Report date', value: dayOf(ctx, options) },
        ...(url === null ? [] : [{ label: 'Address', value: [{ text: url, link: url }] }]),
        { label: 'Generated', value: formatMinuteWithMonthName(ctx.now(), ctx.zone) },
      ],
    },
    ...(comment ? [{ kind: 'text' as const, text: comment }] : []),
  ]
}

/** The lines of each report, in the order of its metrics, hidden tags left out. */
async function rowsOf(
  ctx: Context,
  trees: readonly ReportTree[],
  options: PdfOptions,
): Promise<readonly (readonly MetricRow[])[]> {
  const metrics = trees.flatMap((tree) => metricsOf(tree).map(({ metric }) => metric))
  const to = options.at ?? ctx.now()
  const from = new Date(Math.min(...options.dates.map(Number), to.getTime() - WEEK_MS))
  const [states, points] = await Promise.all([
    Promise.all(options.dates.map((date) => statesAt(ctx, metrics, date, options))),
    findDailyPoints(
      readingDatabase(ctx),
      metrics.map(({ id }) => id),
      { from, to },
    ),
  ])
  const byMetric = Map.groupBy(points, ({ metricId }) => metricId)
  return trees.map((tree) => {
    const facts = {
      states,
      points: byMetric,
      desired: tree.attributes.desired_response_times,
      options,
      now: ctx.now(),
      zone: ctx.zone,
    }
    return metricsOf(tree)
      .map(({ metric }) => metricRow(metric, facts))
      .filter(
        ({ metric: { tags } }) => tags.length === 0 || !tags.every((tag) => options.hiddenTags.has(tag)),
      )
  })
}

const WEEK_MS = 7 * 86_400_000

function statesAt(
  ctx: Context,
  metrics: Parameters<typeof metricStates>[1],
  date: Date,
  { at }: PdfOptions,
): Promise<ReadonlyMap<string, MetricState>> {
  const isNow = at === undefined && date.getTime() === ctx.now().getTime()
  return metricStates(ctx, metrics, { at: isNow ? undefined : date, recent: 'none' })
}

function rowsIn({ metrics }: SubjectItem, rows: readonly MetricRow[]): readonly MetricRow[] {
  const ids = new Set(metrics.map(({ id }) => id))
  return rows.filter(({ item }) => ids.has(item.id))
}

function partsOf(tree: ReportTree, rows: readonly MetricRow[]) {
  return tree.subjects.map((subject) => ({
    title: nameOfSubject(subject.attributes),
    statuses: rowsIn(subject, rows).map(({ state }) => state?.status ?? null),
  }))
}

function isHidden({ metric, state }: MetricRow, { metricsToHide }: PdfOptions): boolean {
  if (metricsToHide === 'no_action_required') return !requiresAction(state?.status ?? null)
  return metricsToHide === 'no_issues' && metric.issueIds.length === 0
}

async function subjectBlocks(
  ctx: Context,
  tree: ReportTree,
  rows: readonly MetricRow[],
  options: PdfOptions,
): Promise<readonly Block[]> {
  if (options.metricsToHide === 'all') return []
  const blocks = await Promise.all(
    tree.subjects.map((subject) => {
      const shown = rowsIn(subject, rows).filter((row) => !isHidden(row, options))
      return shown.length === 0 && subject.metrics.length > 0
        ? []
        : oneSubject(ctx, subject, sortRows(shown, options), options)
    }),
  )
  return blocks.flat()
}

async function oneSubject(
  ctx: Context,
  subject: SubjectItem,
  rows: readonly MetricRow[],
  options: PdfOptions,
): Promise<readonly Block[]> {
  const columns = columnsOf(rows, options, ctx.zone)
  const details = await Promise.all(rows.map((row) => detailBlocks(ctx, row, options)))
  const comment = plainText(textOf(subject.attributes, 'comment') ?? '')
  return [
    { kind: 'heading', level: 2, text: nameOfSubject(subject.attributes) },
    ...(comment && options.expanded.has(subject.id) ? [{ kind: 'text' as const, text: comment }] : []),
    {
      kind: 'table',
      columns: columns.map(({ column }) => column),
      rows: rows.map((row) => ({ cells: columns.map(({ cell }) => cell(row)) })),
      whenEmpty: 'This subject has no metrics.',
    },
    ...details.flat(),
  ]
}
