import { expect, it } from 'vitest'
import { parseOrderedJson } from './ordered-json.ts'
import { readReportFile } from './read-report-file.ts'
import { metricsOf } from './report-tree.ts'

function read(metric: unknown, source?: unknown) {
  const file = {
    title: 'R',
    subjects: {
      s: {
        type: 'ci',
        description: 'x',
        metrics: { m: { ...Object(metric), sources: source ? { a: source } : {} } },
      },
    },
  }
  const tree = readReportFile(parseOrderedJson(JSON.stringify(file)))
  const [found] = metricsOf(tree)
  return {
    subject: tree.subjects[0]?.attributes,
    metric: found?.metric.attributes,
    source: found?.metric.sources[0]?.attributes,
  }
}

it('brings subjects up to date', () => {
  expect(read({}).subject).toEqual({ type: 'development_environment', name: 'CI-environment' })
})

it.each([
  [
    { type: 'accessibility' },
    { type: 'violations', name: 'Accessibility violations', unit: 'accessibility violations' },
  ],
  [
    { type: 'unmerged_branches', name: 'Mine' },
    { type: 'inactive_branches', name: 'Mine' },
  ],
  [{ type: 'ready_user_story_points', addition: 'sum' }, { type: 'user_story_points' }],
  [
    { type: 'tests', direction: '≧' },
    { type: 'tests', direction: '>' },
  ],
  [
    { type: 'tests', future: { kept: true } },
    { type: 'tests', future: { kept: true } },
  ],
])('brings a metric up to date: %j', (metric, expected) => {
  expect(read(metric).metric).toEqual(expected)
})

it.each([
  [{ type: 'test_cases' }, { type: 'manual_number', parameters: {} }, undefined],
  [{ type: 'dependencies' }, { type: 'owasp_dependency_check' }, { type: 'owasp_dependency_check_xml' }],
  [
    { type: 'unmerged_branches' },
    { type: 'gitlab', parameters: { project: 'p', branch: '' } },
    {
      type: 'gitlab',
      parameters: { project_or_group: 'p', branch: 'master', branch_merge_status: ['unmerged'] },
    },
  ],
  [
    { type: 'failed_jobs' },
    { type: 'gitlab', parameters: { project: 'p' } },
    { type: 'gitlab', parameters: { project: 'p' } },
  ],
  [
    { type: 'violations' },
    {
      type: 'sonarqube',
      parameters: {
        branch: '',
        severities: ['blocker', 'critical', 'info'],
        types: ['bug', 'code_smell'],
        security_types: ['x'],
      },
    },
    {
      type: 'sonarqube',
      parameters: {
        branch: 'master',
        impact_severities: ['high', 'low'],
        impacted_software_qualities: ['reliability', 'maintainability'],
      },
    },
  ],
  [
    { type: 'violations' },
    { type: 'trello', parameters: { url: 'x' } },
    { type: 'trello', parameters: { url: 'x' } },
  ],
])('brings a source up to date: %j', (metric, source, expected) => {
  expect(read(metric, source).source).toEqual(expected)
})

it('leaves out what the file says of its own storage', () => {
  const tree = readReportFile(
    parseOrderedJson(
      '{"_id": "1", "timestamp": "x", "delta": {}, "last": true, "title": "R", "report_uuid": "r", "extra": 1}',
    ),
  )
  expect(tree).toEqual({ id: 'r', attributes: { title: 'R', extra: 1 }, subjects: [] })
})
