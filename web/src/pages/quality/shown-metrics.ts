import type {
  WireMetric,
  WireReport,
  WireStatus,
  WireSubject,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import type { ReportView } from './report-view.ts'

const WORST_FIRST: readonly WireStatus[] = [
  null,
  'target_not_met',
  'near_target_met',
  'debt_target_met',
  'target_met',
  'informative',
]

/** The subjects that a view leaves something of, with their metrics in its order. */
export function shownSubjects(
  { subjects }: Pick<WireReport, 'subjects'>,
  view: ReportView,
): readonly WireSubject[] {
  const isFiltered = view.hide !== 'none' || view.hiddenTags.length > 0 || view.search !== ''
  return subjects
    .map((subject) => ({
      ...subject,
      metrics: sorted(
        subject.metrics.filter((metric) => isShown(metric, subject, view)),
        view,
      ),
    }))
    .filter(({ metrics }) => !isFiltered || metrics.length > 0)
}

function isShown(metric: WireMetric, subject: WireSubject, view: ReportView): boolean {
  if (view.hide === 'all') return false
  if (view.hide === 'no_action_needed' && !metric.requiresAction) return false
  if (view.hide === 'no_issues' && metric.issueIds.length === 0) return false
  if (isHiddenByTag(metric, view.hiddenTags)) return false
  const words = [metric.name, metric.secondaryName, subject.name, ...metric.tags, ...metric.issueIds]
  const all = [...words, ...metric.sources.map(({ name }) => name)].join(' ').toLocaleLowerCase()
  return all.includes(view.search.trim().toLocaleLowerCase())
}

/** A metric goes when all its tags are hidden; one without tags has none left when any is. */
function isHiddenByTag({ tags }: WireMetric, hidden: readonly string[]): boolean {
  return hidden.length > 0 && tags.every((tag) => hidden.includes(tag))
}

function sorted(metrics: readonly WireMetric[], view: ReportView): readonly WireMetric[] {
  const compare = COMPARISONS[view.sortColumn]
  if (compare === undefined) return metrics
  return metrics.toSorted((a, b) => (view.isDescending ? compare(b, a) : compare(a, b)))
}

type Comparison = (a: WireMetric, b: WireMetric) => number

const byText =
  (textOf: (metric: WireMetric) => string): Comparison =>
  (a, b) =>
    textOf(a).localeCompare(textOf(b), undefined, { numeric: true, sensitivity: 'base' })

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  name: byText(({ name }) => name),
  status: (a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status),
  measurement: byText(({ value }) => value ?? ''),
  target: byText(({ target }) => target ?? ''),
  unit: byText(({ unit }) => unit),
  source: byText(({ sources }) => sources.map(({ name }) => name).join()),
  time_left: (a, b) => (a.daysLeft ?? Number.MAX_SAFE_INTEGER) - (b.daysLeft ?? Number.MAX_SAFE_INTEGER),
  comment: byText(({ comment }) => comment),
  issues: byText(({ issueIds }) => issueIds.join()),
  tags: byText(({ tags }) => tags.join()),
}
