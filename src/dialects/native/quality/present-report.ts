import type { Context } from '../../../context.ts'
import { zoneDay } from '../../../core/calendar.ts'
import { unmeasuredBecause } from '../../../modules/quality/collector/measure-metric.ts'
import { findReader } from '../../../modules/quality/collector/readers.ts'
import { findSourceType, findSubjectType } from '../../../modules/quality/domain/catalogue/catalogue.ts'
import {
  type Metric,
  nameOfSource,
  nameOfSubject,
  readMetric,
} from '../../../modules/quality/domain/metric.ts'
import { isRequested } from '../../../modules/quality/domain/next-measurement.ts'
import {
  type Attributes,
  type MetricItem,
  metricsOf,
  objectOf,
  type SourceItem,
  type SubjectItem,
  textOf,
} from '../../../modules/quality/domain/report-tree.ts'
import {
  DEFAULT_RESPONSE_DAYS,
  daysLeft,
  deadlineOf,
  responseDays,
} from '../../../modules/quality/domain/response-times.ts'
import {
  countStatuses,
  isAsGood,
  isDebtExpired,
  requiresAction,
  type Status,
} from '../../../modules/quality/domain/status.ts'
import { withSecrets } from '../../../modules/quality/export-report.ts'
import type { LoadedReport } from '../../../modules/quality/load-reports.ts'
import type { MetricState } from '../../../modules/quality/metric-states.ts'
import { CREDENTIAL_MASK } from '../../../modules/quality/sealed-parameters.ts'
import type {
  WireCard,
  WireDestination,
  WireMetric,
  WireReport,
  WireSource,
  WireSubject,
  WireTagCounts,
} from './report.schema.ts'

export type Presenting = {
  readonly ctx: Context
  readonly at: Date | undefined
  readonly states: ReadonlyMap<string, MetricState>
  readonly mayEdit: boolean
  readonly mayJudge: boolean
}

/** A report with everything that its page shows; secrets are masked. */
export function presentReport(report: LoadedReport, presenting: Presenting): WireReport {
  const tree = withSecrets(report.tree, () => CREDENTIAL_MASK)
  const { attributes } = tree
  const { at, states, mayEdit, mayJudge } = presenting
  const metrics = metricsOf(tree).map(({ metric }) => metric)
  const tracker = objectOf(attributes.issue_tracker)
  const {
    subjects: _subjects,
    issue_tracker: _tracker,
    notification_destinations: _told,
    ...own
  } = attributes
  return {
    id: tree.id,
    title: textOf(attributes, 'title') ?? '',
    subtitle: textOf(attributes, 'subtitle') ?? '',
    comment: textOf(attributes, 'comment') ?? '',
    visibility: report.access.visibility,
    layout: layoutOf(attributes),
    responseTimes: responseTimesOf(attributes),
    issueTracker: tracker.type
      ? { type: String(tracker.type), parameters: objectOf(tracker.parameters) }
      : null,
    // whoever only reads is not told who is told
    destinations: mayEdit ? destinationsOf(attributes) : [],
    attributes: own,
    changedAt: report.changedAt.toISOString(),
    at: at?.toISOString() ?? null,
    mayEdit: mayEdit && !at,
    mayJudge: mayJudge && !at,
    counts: countStatuses(metrics.map(({ id }) => states.get(id)?.status ?? null)),
    tags: countTags(metrics, states),
    subjects: tree.subjects.map((subject) => presentSubject(subject, attributes, presenting)),
  }
}

export function layoutOf({ layout }: Attributes): readonly WireCard[] | null {
  if (!Array.isArray(layout)) return null
  return layout.flatMap((card: unknown) => {
    const { i, x, y, w, h } = objectOf(card)
    const [column, row, width, height] = [x, y, w, h].map(Number)
    if (typeof i !== 'string' || [column, row, width, height].some((each) => !Number.isFinite(each)))
      return []
    return [{ i, x: column ?? 0, y: row ?? 0, w: width ?? 1, h: height ?? 1 }]
  })
}

function responseTimesOf({ desired_response_times }: Attributes): Record<string, number | null> {
  return Object.fromEntries(
    Object.keys(DEFAULT_RESPONSE_DAYS).map((status) => [
      status,
      responseDays(desired_response_times, status),
    ]),
  )
}

function destinationsOf(attributes: Attributes): readonly WireDestination[] {
  return Object.entries(objectOf(attributes.notification_destinations)).map(([id, given]) => {
    const destination = objectOf(given)
    return {
      id,
      name: textOf(destination, 'name') ?? '',
      webhook: textOf(destination, 'webhook') ?? '',
      reportUrl: textOf(destination, 'report_url') ?? '',
      format: textOf(destination, 'format') ?? '',
    }
  })
}

export function countTags(
  metrics: readonly MetricItem[],
  states: ReadonlyMap<string, MetricState>,
): readonly WireTagCounts[] {
  const byTag = new Map<string, (Status | null)[]>()
  for (const item of metrics) {
    const status = states.get(item.id)?.status ?? null
    for (const tag of readMetric(item).tags) byTag.set(tag, [...(byTag.get(tag) ?? []), status])
  }
  return [...byTag]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, statuses]) => ({ tag, counts: countStatuses(statuses) }))
}

function presentSubject(subject: SubjectItem, report: Attributes, presenting: Presenting): WireSubject {
  const { attributes, metrics } = subject
  const type = textOf(attributes, 'type') ?? ''
  return {
    id: subject.id,
    type,
    typeName: findSubjectType(type)?.name ?? type,
    name: nameOfSubject(attributes),
    subtitle: textOf(attributes, 'subtitle') ?? '',
    comment: textOf(attributes, 'comment') ?? '',
    attributes,
    counts: countStatuses(metrics.map(({ id }) => presenting.states.get(id)?.status ?? null)),
    metrics: metrics.map((metric) => presentMetric(metric, report, presenting)),
  }
}

const HOUR_MS = 3_600_000

function presentMetric(item: MetricItem, report: Attributes, { ctx, at, states }: Presenting): WireMetric {
  const metric = readMetric(item)
  const state = states.get(item.id)
  const { latest, status = null, statusStart = null, recent = [] } = state ?? {}
  const now = at ?? ctx.now()
  const reaction = { status, statusStart, debtEndDate: metric.debtEndDate }
  const deadline = deadlineOf(reaction, report.desired_response_times, ctx.zone)
  const value = latest?.scales[metric.scale]?.value ?? null
  const { typeKey, type, scale, direction, unit, unitSingular, target, nearTarget, debtTarget, acceptDebt } =
    metric
  return {
    id: item.id,
    type: typeKey,
    typeName: type.name,
    name: metric.name,
    secondaryName: metric.secondaryName,
    attributes: item.attributes,
    scale,
    scales: type.scales,
    ...{ direction, unit, unitSingular, target, nearTarget, debtTarget, acceptDebt },
    debtEndDate: metric.debtEndDate,
    debtProblem: debtProblem(metric, value, latest?.issues ?? [], zoneDay(now, ctx.zone)),
    evaluateTargets: metric.evaluateTargets,
    tags: metric.tags,
    comment: metric.comment,
    status,
    statusSince: statusStart?.toISOString() ?? null,
    requiresAction: requiresAction(status),
    value,
    measuredAt: latest?.end.toISOString() ?? null,
    deadline: deadline?.toISOString() ?? null,
    daysLeft: deadline ? daysLeft(deadline, now) : null,
    isStale: !at && latest !== undefined && now.getTime() - latest.end.getTime() > HOUR_MS,
    isOutdated: state?.isOutdated ?? false,
    isRequested: !at && latest !== undefined && isRequested(metric, latest),
    unmeasured: unmeasuredOf(item),
    sources: item.sources.map((source) => presentSource(source, metric, latest)),
    issueIds: metric.issueIds,
    issues: latest?.issues ?? [],
    recent: recent.map(({ start, end, scales }) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      value: scales[scale]?.value ?? null,
      status: scales[scale]?.status ?? null,
    })),
  }
}

function unmeasuredOf(item: MetricItem): WireMetric['unmeasured'] {
  const reason = unmeasuredBecause(item)
  return reason === undefined || reason === 'gone' ? null : reason
}

function debtProblem(
  metric: Metric,
  value: string | null,
  issues: NonNullable<MetricState['latest']>['issues'],
  today: string,
): WireMetric['debtProblem'] {
  if (!metric.acceptDebt || metric.debtTarget === null) return null
  if (metric.debtEndDate !== null && today > metric.debtEndDate) return 'ended'
  if (isDebtExpired(metric, { today, issues })) return 'issues-done'
  return value !== null && isAsGood(metric, value, metric.target) ? 'target-met' : null
}

function presentSource(
  { id, attributes }: SourceItem,
  metric: Metric,
  latest: MetricState['latest'],
): WireSource {
  const type = textOf(attributes, 'type') ?? ''
  const known = findSourceType(type)
  const { parameters, ...own } = attributes
  const found = latest?.sources.find(({ sourceId }) => sourceId === id)
  const fits = known?.metrics.includes(metric.typeKey) ?? false
  return {
    id,
    type,
    typeName: known?.name ?? type,
    name: nameOfSource(attributes),
    attributes: own,
    parameters: parametersOf(parameters),
    isRead: findReader(type, metric.typeKey) !== undefined,
    configurationError: fits ? null : `${known?.name ?? type} does not supply ${metric.type.name}.`,
    value: found?.value ?? null,
    total: found?.total ?? null,
    connectionError: found?.connectionError ?? null,
    parseError: found?.parseError ?? null,
    infoMessage: found?.infoMessage ?? null,
    landingUrl: found?.landingUrl ?? null,
    hasEntities: (found?.entityList ?? null) !== null,
  }
}

function parametersOf(parameters: unknown): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(objectOf(parameters)).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String) : value === null || value === undefined ? '' : String(value),
    ]),
  )
}
