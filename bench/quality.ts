import { createApp } from '../src/app.ts'
import { asSystem } from '../src/context.ts'
import { qualityOf } from '../src/declared-quality.ts'
import type { Measurement } from '../src/modules/quality/domain/measurement.ts'
import { newMetric } from '../src/modules/quality/domain/metric.ts'
import { parameterHash } from '../src/modules/quality/domain/parameter-hash.ts'
import { type MetricItem, metricsOf, type ReportTree } from '../src/modules/quality/domain/report-tree.ts'
import { importMeasurements } from '../src/modules/quality/import-measurements.ts'
import { storeReport } from '../src/modules/quality/import-report.ts'
import { openBenchSite } from './large-site.ts'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'

const SUBJECTS = 20
const METRICS_PER_SUBJECT = 25
const MEASUREMENTS_PER_METRIC = Number(process.env.TOUCHSTONE_BENCH_MEASUREMENTS ?? 2000)
const RUNS = 30
const REPORT = 'bench-report'
const DAY_MS = 86_400_000

/** A report of 500 metrics with a million measurements over 200 days: its page, its JSON, its summary. */
export async function measureQuality(kind: 'sqlite' | 'postgres'): Promise<Row[]> {
  const { site, remove } = await openBenchSite(kind)
  const ctx = asSystem(site.base, 'bench')
  const tree = reportTree()
  const now = ctx.now().getTime()
  const made = new Date(now - 210 * DAY_MS)
  await storeReport(
    { ...ctx, now: () => made },
    qualityOf(site, () => []),
    tree,
    'public',
  )
  for (const { metric } of metricsOf(tree)) await importMeasurements(ctx, measurementsOf(metric, now))
  await site.base.database.optimize()
  const app = await createApp(site, { demo: false })
  const rows: Row[] = []
  for (const [what, url, budget] of [
    ['page of a report of 500 metrics', `/api/v1/quality/reports/${REPORT}`, 'p95 < 100 ms'],
    ['its status summary', `/api/v3/report/${REPORT}/metric_status_summary`, '-'],
    ['overview of reports', '/api/v1/quality/overview', '-'],
    ['its page at a day of the past', `/api/v1/quality/reports/${REPORT}?at=${day(now - 50 * DAY_MS)}`, '-'],
    ['seven dates of it', `/api/v1/quality/reports/${REPORT}/dates?dates=${sevenDays(now)}`, '-'],
    ['it in the documented API, all measurements of the week', `/api/internal/report/${REPORT}`, '-'],
  ] as const) {
    const taken: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const started = performance.now()
      const answer = await app.server.inject({ url })
      if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`)
      if (run > 2) taken.push(performance.now() - started)
    }
    const { median, p95 } = summarise(taken)
    rows.push({ what: `${kind}: ${what}`, measured: `p95 ${p95} ms, median ${median}`, budget })
  }
  const started = performance.now()
  const pdf = await app.server.inject({ url: `/api/v3/report/${REPORT}/pdf` })
  if (pdf.statusCode !== 200) throw new Error(`the PDF answered ${pdf.statusCode}: ${pdf.body}`)
  rows.push({
    what: `${kind}: the report of 500 metrics as PDF, first time`,
    measured: `${Math.round(performance.now() - started)} ms`,
    budget: '< 2 s',
  })
  await app.stop()
  await site.close()
  await remove()
  return rows
}

function reportTree(): ReportTree {
  return {
    id: REPORT,
    attributes: { title: 'Large' },
    subjects: Array.from({ length: SUBJECTS }, (_, subject) => ({
      id: `subject-${subject}`,
      attributes: { type: 'software', name: `Subject ${subject}` },
      metrics: Array.from({ length: METRICS_PER_SUBJECT }, (_unused, metric) => ({
        id: `metric-${subject}-${metric}`,
        attributes: newMetric('violations'),
        sources: [
          {
            id: `source-${subject}-${metric}`,
            attributes: {
              type: 'sonarqube',
              parameters: { url: 'https://sonar.example.org', component: `c${metric}` },
            },
          },
        ],
      })),
    })),
  }
}

/** Ten a day, each with another value than the one before. */
function measurementsOf(item: MetricItem, now: number): readonly Measurement[] {
  const step = (200 * DAY_MS) / MEASUREMENTS_PER_METRIC
  return Array.from({ length: MEASUREMENTS_PER_METRIC }, (_, index) => {
    const start = new Date(now - (MEASUREMENTS_PER_METRIC - index) * step)
    const value = String(index % 17)
    const isLast = index === MEASUREMENTS_PER_METRIC - 1
    return {
      metricId: item.id,
      reportId: REPORT,
      start,
      end: new Date(start.getTime() + step - 60_000),
      hasError: false,
      scales: {
        count: {
          value,
          status: index % 17 === 0 ? 'target_met' : 'near_target_met',
          statusStart: start.toISOString(),
          direction: '<',
          targets: { target: '0', nearTarget: '10', debtTarget: null },
        },
      },
      sources: item.sources.map(({ id }) => ({
        sourceId: id,
        value,
        total: '100',
        entities: [],
        judgements: {},
        connectionError: null,
        parseError: null,
        infoMessage: null,
        apiUrl: 'https://sonar.example.org',
        landingUrl: 'https://sonar.example.org',
      })),
      issues: [],
      parameterHash: isLast ? parameterHash(item) : null,
      changeId: null,
    }
  })
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function sevenDays(now: number): string {
  return Array.from({ length: 7 }, (_, index) => day(now - index * 7 * DAY_MS)).join(',')
}
