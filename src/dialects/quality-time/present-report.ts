import { createHash } from 'node:crypto'
import { readMetric } from '../../modules/quality/domain/metric.ts'
import type {
  Attributes,
  MetricItem,
  ReportTree,
  SourceItem,
} from '../../modules/quality/domain/report-tree.ts'
import { metricsOf } from '../../modules/quality/domain/report-tree.ts'
import { countStatuses } from '../../modules/quality/domain/status.ts'
import { withSecrets } from '../../modules/quality/export-report.ts'
import type { LatestChange } from '../../modules/quality/latest-changes.ts'
import type { LoadedReport } from '../../modules/quality/load-reports.ts'
import type { MetricState } from '../../modules/quality/metric-states.ts'
import { CREDENTIAL_MASK } from '../../modules/quality/sealed-parameters.ts'
import { presentIssue, presentMeasurement } from './present-measurement.ts'
import { wireTimestamp } from './timestamps.ts'

type PresentMetric = (metric: MetricItem) => Attributes

/** A report as it is stored, in the order in which people see it; subjects, metrics and sources as maps. */
export function presentReport(
  { tree, changedAt }: LoadedReport,
  change: LatestChange | undefined,
  presentMetric: PresentMetric = ({ attributes }) => attributes,
) {
  const { title, report_uuid: _uuid, ...rest } = tree.attributes
  const timestamp = wireTimestamp(change?.at ?? changedAt)
  return {
    _id: createHash('md5').update(`${tree.id} ${timestamp}`).digest('hex').slice(0, 24),
    report_uuid: tree.id,
    title: typeof title === 'string' ? title : '',
    subjects: presentSubjects(tree, presentMetric),
    ...rest,
    timestamp,
    delta: change
      ? { description: change.description, email: change.email, uuids: change.uuids }
      : { description: '', email: '', uuids: [tree.id] },
    last: true,
  }
}

function presentSubjects({ subjects }: ReportTree, presentMetric: PresentMetric): Map<string, unknown> {
  return new Map(
    subjects.map((subject) => [
      subject.id,
      {
        ...subject.attributes,
        metrics: new Map(
          subject.metrics.map((metric) => [
            metric.id,
            { ...presentMetric(metric), sources: new Map(metric.sources.map(presentSource)) },
          ]),
        ),
      },
    ]),
  )
}

function presentSource({ id, attributes }: SourceItem): readonly [string, Attributes] {
  return [id, attributes]
}

/** Secrets become a text that, when it comes back, changes nothing. */
export function masked(report: LoadedReport): LoadedReport {
  return { ...report, tree: withSecrets(report.tree, () => CREDENTIAL_MASK) }
}

/** A report with what is known about each metric. */
export function presentSummary(
  report: LoadedReport,
  change: LatestChange | undefined,
  states: ReadonlyMap<string, MetricState>,
) {
  const statuses = metricsOf(report.tree).map(({ metric }) => states.get(metric.id)?.status ?? null)
  return {
    ...presentReport(masked(report), change, (metric) => ({
      ...metric.attributes,
      ...presentState(metric, states),
    })),
    summary: countStatuses(statuses),
  }
}

function presentState(item: MetricItem, states: ReadonlyMap<string, MetricState>): Attributes {
  const { scale } = readMetric(item)
  const state = states.get(item.id)
  const latest = state?.latest
  return {
    scale,
    status: state?.status ?? null,
    status_start: state?.statusStart ? wireTimestamp(state.statusStart) : null,
    latest_measurement: latest
      ? {
          ...presentMeasurement(latest, { showsIssues: true }),
          ...(state.isOutdated ? { outdated: true } : {}),
        }
      : null,
    recent_measurements: (state?.recent ?? []).map(({ start, end, scales }) => ({
      start: wireTimestamp(start),
      end: wireTimestamp(end),
      [scale]: { value: scales[scale]?.value ?? null, status: scales[scale]?.status ?? null },
    })),
    ...(latest ? { issue_status: latest.issues.map(presentIssue) } : {}),
  }
}
