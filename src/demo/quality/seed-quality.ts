import { asSystem, type Context } from '../../context.ts'
import { addDays, zoneDay } from '../../core/calendar.ts'
import { changeAttribute } from '../../modules/quality/change-attribute.ts'
import { measureMetric } from '../../modules/quality/collector/measure-metric.ts'
import { metricsOf, type ReportTree } from '../../modules/quality/domain/report-tree.ts'
import { importMeasurements, pastMeasurements } from '../../modules/quality/import-measurements.ts'
import { storeReport } from '../../modules/quality/import-report.ts'
import { judgeEntities } from '../../modules/quality/judge-entities.ts'
import { loadReports } from '../../modules/quality/load-reports.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { readingsOf } from './demo-measurements.ts'
import { type DemoReport, reportTreeOf } from './demo-report.ts'
import { DEMO_REPORTS, LABORATORY_REPORT, PRINTED_METRIC, RELEASE_REPORT } from './reports.data.ts'

const DAY_MS = 86_400_000

/** The release report is old enough for the date that the users' document travels to. */
const FIRST_VERSION = new Date('2020-08-15T09:00:00Z')

/** Makes the reports of the users' document with 200 days of measurements, and one of the laboratory itself. */
export async function seedQualityDemonstration(
  tx: Context,
  people: DemoPeople,
  quality: Quality,
): Promise<void> {
  const editor = { ...tx, actor: people.actor('jadoe') }
  const at = (context: Context, when: Date): Context => ({ ...context, now: () => when })
  const daysAgo = (days: number) => new Date(tx.now().getTime() - days * DAY_MS)
  for (const [index, report] of DEMO_REPORTS.entries()) {
    const made = report.id === RELEASE_REPORT ? FIRST_VERSION : daysAgo(230 - index)
    const tree = reportTreeOf(withDates(report, tx))
    await storeReport(
      at(editor, made),
      quality,
      report.id === RELEASE_REPORT ? asFirstCalled(tree) : tree,
      'public',
    )
  }
  const edits = [
    {
      days: 210,
      kind: 'report',
      id: RELEASE_REPORT,
      attribute: 'title',
      value: 'Treatment planning release',
    },
    { days: 120, kind: 'metric', id: PRINTED_METRIC, attribute: 'target', value: '25' },
    { days: 30, kind: 'metric', id: PRINTED_METRIC, attribute: 'near_target', value: '50' },
  ] as const
  for (const { days, ...edit } of edits) await changeAttribute(at(editor, daysAgo(days)), quality, edit)
  await seedMeasurements(asSystem(tx, 'demonstration'), quality)
  await judgeSome(editor, quality)
}

function asFirstCalled(tree: ReportTree): ReportTree {
  return { ...tree, attributes: { ...tree.attributes, title: 'Treatment planning' } }
}

async function seedMeasurements(ctx: Context, quality: Quality): Promise<void> {
  const now = ctx.now()
  const loaded = new Map((await loadReports(ctx)).map(({ tree }) => [tree.id, tree]))
  const measurements = DEMO_REPORTS.flatMap((report) => {
    const tree = loaded.get(report.id)
    const items = tree ? metricsOf(tree).map(({ metric }) => metric) : []
    const declared = report.subjects.flatMap(({ metrics }) => metrics)
    return items.flatMap((item, index) => {
      const metric = declared[index]
      const readings = metric ? readingsOf(item.id, metric, now) : []
      return pastMeasurements(item, report.id, readings, { zone: ctx.zone, until: now })
    })
  })
  await importMeasurements(ctx, measurements)
  const laboratory = loaded.get(LABORATORY_REPORT)
  for (const { metric } of laboratory ? metricsOf(laboratory) : []) {
    await measureMetric(ctx, quality, metric.id, () =>
      Promise.reject(new Error('nothing is asked of others')),
    )
  }
}

/** A few findings were looked at. */
async function judgeSome(editor: Context, quality: Quality): Promise<void> {
  const source = reportTreeOf(DEMO_REPORTS[0] as DemoReport).subjects[0]?.metrics[0]?.sources[0]
  if (!source) return
  await judgeEntities(editor, quality, {
    metricId: PRINTED_METRIC,
    sourceId: source.id,
    entityKeys: ['finding-3', 'finding-8'],
    said: { status: 'false_positive', rationale: 'The label is set by the framework.' },
  })
}

/** Dates of calendars are relative to today: `days-ago:96`, `days-ahead:41`. */
function withDates(report: DemoReport, { now, zone }: Context): DemoReport {
  const today = zoneDay(now(), zone)
  const dated = (text: unknown) => {
    const [, direction, days] = /^days-(ago|ahead):(\d+)$/.exec(String(text)) ?? []
    return days === undefined ? text : addDays(today, direction === 'ago' ? -Number(days) : Number(days))
  }
  return {
    ...report,
    subjects: report.subjects.map((subject) => ({
      ...subject,
      metrics: subject.metrics.map((metric) =>
        metric.source && Object.hasOwn(metric.source.parameters, 'date')
          ? {
              ...metric,
              source: {
                ...metric.source,
                parameters: { ...metric.source.parameters, date: dated(metric.source.parameters.date) },
              },
            }
          : metric,
      ),
    })),
  }
}
