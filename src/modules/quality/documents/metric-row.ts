import { formatDayWithMonthName, zoneDay } from '../../../core/calendar.ts'
import type { Cell, Column } from '../../../platform/pdf/pdf-document.ts'
import type { Status as DocumentStatus } from '../../../platform/pdf/status-token.ts'
import type { IssueStatus } from '../domain/measurement.ts'
import { type Metric, nameOfSource, readMetric, unitOf } from '../domain/metric.ts'
import { type MetricItem, textOf } from '../domain/report-tree.ts'
import { daysLeft, deadlineOf, overrunDays } from '../domain/response-times.ts'
import { STATUS_NAMES, STATUS_ORDER, type Status } from '../domain/status.ts'
import type { MetricState } from '../metric-states.ts'
import type { TrendPoint } from '../store/measurements.ts'
import type { ColumnKey, IssueDetail, PdfOptions } from './pdf-options.ts'

const TOKENS: Readonly<Record<Status | 'unknown', DocumentStatus['token']>> = {
  target_met: 'ok',
  near_target_met: 'warn',
  target_not_met: 'act',
  debt_target_met: 'debt',
  informative: 'none',
  unknown: 'unknown',
}

/** A status as documents show it. */
export function shownStatus(status: Status | null): DocumentStatus {
  const key = status ?? 'unknown'
  return { token: TOKENS[key], word: STATUS_NAMES[key] }
}

/** Everything that a line of a table says about a metric. */
export type MetricRow = {
  readonly item: MetricItem
  readonly metric: Metric
  readonly state: MetricState | undefined
  /** in the order of the dates */
  readonly byDate: readonly { readonly value: string | null; readonly status: Status | null }[]
  readonly texts: Readonly<Record<ColumnKey, string>>
}

export type RowFacts = {
  /** one for each date */
  readonly states: readonly ReadonlyMap<string, MetricState>[]
  readonly points: ReadonlyMap<string, readonly TrendPoint[]>
  readonly desired: unknown
  readonly options: PdfOptions
  readonly now: Date
  readonly zone: string
}

export function metricRow(item: MetricItem, facts: RowFacts): MetricRow {
  const metric = readMetric(item)
  const { options, states, now, zone } = facts
  const latestIndex = newestIndex(options.dates)
  const state = states[latestIndex]?.get(item.id)
  const byDate = states.map((each) => {
    const found = each.get(item.id)
    return { value: found?.latest?.scales[metric.scale]?.value ?? null, status: found?.status ?? null }
  })
  const value = byDate[latestIndex]?.value ?? null
  const points = facts.points.get(item.id) ?? []
  const spans = points.map(({ start, end, scales }) => ({
    start,
    end,
    status: scales[metric.scale]?.status ?? null,
  }))
  const deadline = state && deadlineOf({ ...state, debtEndDate: metric.debtEndDate }, facts.desired, zone)
  const overrun = overrunDays(spans, facts.desired)
  return {
    item,
    metric,
    state,
    byDate,
    texts: {
      trend: trendText(points.map(({ scales }) => scales[metric.scale]?.value ?? null)),
      status: STATUS_NAMES[state?.status ?? 'unknown'],
      measurement: value === null ? '?' : `${value}${sign(metric)}`,
      delta: '',
      target: targetText(metric),
      unit: unitOf(metric, value),
      source: item.sources.map(({ attributes }) => nameOfSource(attributes)).join(', '),
      time_left: deadline ? `${daysLeft(deadline, options.at ?? now)} days` : '',
      overrun: overrun > 0 ? `${overrun} days` : '',
      comment: plainText(metric.comment),
      issues: issuesText(metric.issueIds, state?.latest?.issues ?? [], options.issueDetails),
      tags: metric.tags.join(', '),
    },
  }
}

export function newestIndex(dates: readonly Date[]): number {
  const times = dates.map(Number)
  return times.indexOf(Math.max(...times))
}

function sign({ scale }: Metric): string {
  return scale === 'percentage' ? '%' : ''
}

function targetText(metric: Metric): string {
  if (!metric.evaluateTargets) return ''
  return `${metric.direction === '<' ? '≤' : '≥'} ${metric.target ?? '0'}${sign(metric)}`
}

function trendText(values: readonly (string | null)[]): string {
  const known = values.filter((value) => value !== null)
  return known.length < 2 ? '' : `${known[0]} → ${known.at(-1)}`
}

/** A comment without its markup. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

function issuesText(
  ids: readonly string[],
  known: readonly IssueStatus[],
  shown: ReadonlySet<IssueDetail>,
): string {
  return ids
    .map((id) =>
      issueText(
        id,
        known.find(({ issueId }) => issueId === id),
        shown,
      ),
    )
    .join('; ')
}

function issueText(id: string, issue: IssueStatus | undefined, shown: ReadonlySet<IssueDetail>): string {
  const details: readonly (readonly [IssueDetail, string, string | undefined])[] = [
    ['summary', '', issue?.summary],
    ['creation_date', 'created ', issue?.created?.slice(0, 10)],
    ['update_date', 'updated ', issue?.updated?.slice(0, 10)],
    ['due_date', 'due ', issue?.dueDate?.slice(0, 10)],
    ['release', 'release ', issue?.releaseName],
    ['sprint', 'sprint ', issue?.sprintName],
  ]
  const parts = details.flatMap(([key, label, text]) => (shown.has(key) && text ? [`${label}${text}`] : []))
  return [issue?.name ? `${id} (${issue.name})` : id, ...parts].join(', ')
}

const TITLES: Readonly<Record<ColumnKey, string>> = {
  trend: 'Trend (7 days)',
  status: 'Status',
  measurement: 'Measurement',
  delta: 'Change',
  target: 'Target',
  unit: 'Unit',
  source: 'Source',
  time_left: 'Time left',
  overrun: 'Overrun',
  comment: 'Comment',
  issues: 'Issues',
  tags: 'Tags',
}
const AT_END: readonly ColumnKey[] = ['measurement', 'target', 'time_left', 'overrun']
const LONG: readonly ColumnKey[] = ['source', 'comment', 'issues', 'tags']
const ONE_DATE: readonly ColumnKey[] = ['trend', 'status', 'measurement', 'target']
const MAY_BE_EMPTY: readonly ColumnKey[] = ['comment', 'issues', 'tags', 'time_left', 'overrun']
const ORDER: readonly ColumnKey[] = [
  'trend',
  'status',
  'measurement',
  'target',
  'unit',
  'source',
  'time_left',
  'overrun',
  'comment',
  'issues',
  'tags',
]

type TableColumn = { readonly column: Column; readonly cell: (row: MetricRow) => Cell }

/** The columns of a subject's table as chosen. */
export function columnsOf(
  rows: readonly MetricRow[],
  options: PdfOptions,
  zone: string,
): readonly TableColumn[] {
  const hasDates = options.dates.length > 1
  const isShown = (key: ColumnKey) =>
    !options.hiddenColumns.has(key) &&
    !(hasDates && ONE_DATE.includes(key)) &&
    !(options.hideEmptyColumns && MAY_BE_EMPTY.includes(key) && rows.every(({ texts }) => texts[key] === ''))
  const plain = ORDER.filter(isShown).map(
    (key): TableColumn => ({
      column: {
        title: TITLES[key],
        ...(AT_END.includes(key) ? { align: 'end' } : {}),
        ...(LONG.includes(key) ? { width: 'fill' } : {}),
      },
      cell: (row) => (key === 'status' ? { status: shownStatus(row.state?.status ?? null) } : row.texts[key]),
    }),
  )
  return [
    { column: { title: 'Metric', width: 'fill' }, cell: ({ metric }) => metric.name },
    ...(hasDates ? dateColumns(options, zone) : []),
    ...plain,
  ]
}

function dateColumns({ dates, hiddenColumns }: PdfOptions, zone: string): readonly TableColumn[] {
  return dates.flatMap((date, index) => {
    const column: TableColumn = {
      column: { title: formatDayWithMonthName(zoneDay(date, zone)) },
      cell: ({ byDate, metric }) => {
        const found = byDate[index]
        const value = found?.value ?? null
        return {
          status: shownStatus(found?.status ?? null),
          detail: value === null ? '?' : `${value}${sign(metric)}`,
        }
      },
    }
    const isLast = index === dates.length - 1
    return isLast || hiddenColumns.has('delta') ? [column] : [column, deltaColumn(index)]
  })
}

function deltaColumn(index: number): TableColumn {
  return {
    column: { title: 'Change', align: 'end' },
    cell: ({ byDate }) => {
      const [one, other] = [Number(byDate[index]?.value ?? ''), Number(byDate[index + 1]?.value ?? '')]
      if (!byDate[index]?.value || !byDate[index + 1]?.value || Number.isNaN(one - other)) return null
      const change = one - other
      return change > 0 ? `+${change}` : String(change)
    },
  }
}

/** Rows in the order that was asked for; their own where none was. */
export function sortRows(
  rows: readonly MetricRow[],
  { sortColumn, isDescending }: PdfOptions,
): readonly MetricRow[] {
  const compare = comparisonOf(sortColumn)
  if (!compare) return rows
  return rows.toSorted((a, b) => (isDescending ? -compare(a, b) : compare(a, b)))
}

function comparisonOf(column: string): ((a: MetricRow, b: MetricRow) => number) | undefined {
  if (column === 'name') return (a, b) => a.metric.name.localeCompare(b.metric.name)
  if (column === 'status')
    return (a, b) =>
      STATUS_ORDER.indexOf(a.state?.status ?? null) - STATUS_ORDER.indexOf(b.state?.status ?? null)
  const key = ORDER.find((each) => each === column && each !== 'trend')
  return key && ((a, b) => a.texts[key].localeCompare(b.texts[key], 'en', { numeric: true }))
}

/** Addresses of sources may hold secrets: people see where a page is. */
export function sourceText(item: MetricItem): readonly string[] {
  return item.sources.map(
    ({ attributes }) => `${nameOfSource(attributes)} (${textOf(attributes, 'type') ?? ''})`,
  )
}
