import type { Entity } from '../../modules/quality/domain/entity.ts'
import type { IssueStatus } from '../../modules/quality/domain/measurement.ts'
import type { PastReading } from '../../modules/quality/import-measurements.ts'
import { type Random, seededRandom, seedOf } from '../random.ts'
import type { DemoMetric, DemoSeries } from './demo-report.ts'

const DAY_MS = 86_400_000

/** Days of measurements. */
export const DEMO_DAYS = 200

/** What the source of a metric said on each day, oldest first. */
export function readingsOf(metricId: string, metric: DemoMetric, now: Date): readonly PastReading[] {
  const { series } = metric
  if (!series) return []
  const random = seededRandom(seedOf('quality', metricId))
  const issues = issuesOf(metric, now)
  return Array.from({ length: DEMO_DAYS + 1 }, (_, index) => {
    const daysAgo = DEMO_DAYS - index
    const value = valueOn(series, index / DEMO_DAYS, daysAgo, random)
    return {
      at: new Date(now.getTime() - daysAgo * DAY_MS - (daysAgo === 0 ? 600_000 : 0)),
      sources: [sourceOf(series, value, daysAgo, metric)],
      issues,
    }
  })
}

/** The last value is the one that was meant, whatever the noise. */
function valueOn(
  { from, to, noise = 0 }: DemoSeries,
  share: number,
  daysAgo: number,
  random: Random,
): number {
  const wander = noise === 0 || daysAgo === 0 ? 0 : random.normal() * noise
  return Math.max(0, Math.round(from + (to - from) * share + wander))
}

function sourceOf(
  series: DemoSeries,
  value: number,
  daysAgo: number,
  metric: DemoMetric,
): PastReading['sources'][number] {
  const url = metric.source?.parameters.url
  const landingUrl = typeof url === 'string' ? { landingUrl: url } : {}
  if (series.outage?.includes(daysAgo)) {
    return { value: null, connectionError: 'The source answered with status 503.', ...landingUrl }
  }
  const total = series.total === undefined ? {} : { total: String(series.total) }
  const text = series.isVersion ? `2.${value}` : String(value)
  const entities = series.entities ? { entities: MAKERS[series.entities](value) } : {}
  return { value: text, ...total, ...entities, ...landingUrl }
}

const FINDINGS = [
  'Input is not checked',
  'Label is missing',
  'Contrast is too low',
  'Outdated component',
  'Unused value',
] as const
const LEVELS = ['low', 'medium', 'high'] as const

const MAKERS: Readonly<Record<NonNullable<DemoSeries['entities']>, (count: number) => readonly Entity[]>> = {
  warnings: (count) =>
    numbered(count).map((number) => ({
      key: `finding-${number}`,
      title: FINDINGS[number % FINDINGS.length] ?? '',
      message: FINDINGS[number % FINDINGS.length] ?? '',
      description: `Found in module ${number % 7}.`,
      severity: LEVELS[number % LEVELS.length] ?? '',
      level: LEVELS[number % LEVELS.length] ?? '',
      component: `src/module-${number % 7}.ts`,
    })),
  issues: (count) =>
    numbered(count).map((number) => ({
      key: String(20_000 + number),
      issue_key: `TP-${200 + number}`,
      url: `https://jira.example.org/browse/TP-${200 + number}`,
      summary: `${FINDINGS[number % FINDINGS.length]} (${number})`,
      type: 'Bug',
      status: number % 3 === 0 ? 'In progress' : 'Open',
      priority: LEVELS[number % LEVELS.length] ?? '',
    })),
  tests: (count) =>
    numbered(count).map((number) => ({
      key: `planning_dose-${number}:build-1:case_${number}`,
      class_name: `planning.dose${number % 4}`,
      host_name: 'build-1',
      name: `case ${number}`,
      test_result: 'failed',
    })),
}

/** The numbers go down as things are repaired, so that what is left has been there for long. */
function numbered(count: number): readonly number[] {
  return Array.from({ length: Math.min(count, 120) }, (_, index) => index + 1)
}

function issuesOf({ attributes = {} }: DemoMetric, now: Date): readonly IssueStatus[] {
  const ids = Array.isArray(attributes.issue_ids) ? attributes.issue_ids.map(String) : []
  return ids.map((issueId, index) => ({
    issueId,
    category: index === 0 ? 'doing' : 'todo',
    name: index === 0 ? 'In progress' : 'Open',
    summary: `Repair what ${issueId} describes`,
    created: new Date(now.getTime() - (60 + index) * DAY_MS).toISOString(),
    updated: new Date(now.getTime() - (3 + index) * DAY_MS).toISOString(),
    landingUrl: `https://jira.example.org/browse/${issueId}`,
  }))
}
