import { describe, expect, it } from 'vitest'
import type { Entity } from '../domain/entity.ts'
import type { SourceReading } from '../domain/measurement.ts'
import type { Attributes, MetricItem } from '../domain/report-tree.ts'
import { combineSources } from './combine-sources.ts'

const NOW = new Date('2026-11-22T10:00:00Z')

function reading(
  sourceId: string,
  entities: readonly Entity[],
  value: string | null = String(entities.length),
): SourceReading {
  return {
    sourceId,
    value,
    total: '100',
    entities,
    judgements: {},
    connectionError: null,
    parseError: null,
    infoMessage: null,
    apiUrl: null,
    landingUrl: null,
  }
}

function metricOf(...sources: readonly (readonly [string, string, Attributes?])[]): MetricItem {
  return {
    id: 'm',
    attributes: {},
    sources: sources.map(([id, type, parameters = {}]) => ({ id, attributes: { type, parameters } })),
  }
}

const CASES = ['DOSE-1', 'DOSE-2', 'DOSE-3'].map((issue_key, index) => ({ key: String(index), issue_key }))
const test = (name: string, test_result: string): Entity => ({ key: name + test_result, name, test_result })

describe('test cases', () => {
  it.each([
    ['strict', [test('DOSE-1 a', 'passed'), test('DOSE-1 b', 'failed')], ['failed', 'untested', 'untested']],
    ['lenient', [test('DOSE-1 a', 'failed'), test('DOSE-1 b', 'skip')], ['skipped', 'untested', 'untested']],
    [
      'strict',
      [test('xDOSE-1 a-DOSE-2', 'passed'), test('(DOSE-3)', 'Timeout')],
      ['untested', 'untested', 'errored'],
    ],
    [
      'strict',
      [test('DOSE-2', 'InProgress'), test('DOSE-2', 'Completed')],
      ['untested', 'passed', 'untested'],
    ],
  ])('take the results of tests that name them, %s', (strategy, tests, results) => {
    const item = metricOf(['j', 'jira'], ['u', 'junit', { test_result_aggregation_strategy: strategy }])
    const [jira, junit] = combineSources(item, 'test_cases', [reading('j', CASES), reading('u', tests)], NOW)
    expect(jira?.entities.map(({ test_result }) => test_result)).toEqual(results)
    expect([jira?.value, jira?.total, junit?.value, junit?.total]).toEqual(['3', '3', '0', '0'])
  })

  it('count the chosen results only', () => {
    const item = metricOf(['j', 'jira', { test_result: ['passed'] }], ['u', 'junit'])
    const readings = [reading('j', CASES), reading('u', [test('DOSE-1', 'passed')])]
    expect(combineSources(item, 'test_cases', readings, NOW)[0]).toMatchObject({ value: '1', total: '3' })
  })

  it('say where there are none, and leave what could not be read', () => {
    const item = metricOf(['j', 'jira'], ['u', 'junit'])
    const without = combineSources(item, 'test_cases', [reading('j', []), reading('u', [])], NOW)
    expect(without.map(({ parseError }) => parseError)).toEqual(
      Array(2).fill('No test case keys found in this source'),
    )
    const failed = [reading('j', CASES), reading('u', [], null)]
    expect(combineSources(item, 'test_cases', failed, NOW)).toBe(failed)
  })
})

describe('the rate of deployments that failed', () => {
  it('counts those that an issue followed before the next', () => {
    const item = metricOf(['g', 'gitlab'], ['j', 'jira'])
    const deployments = ['01', '05', '10'].map((day) => ({
      key: day,
      build_date: `2026-11-${day}T00:00:00Z`,
    }))
    const issues = [
      '2026-11-05T00:00:00.000+0000',
      '2026-11-12T00:00:00.000+0000',
      '2026-10-01T00:00:00.000+0000',
    ].map((created, index) => ({ key: String(index), created: created.replace('+0000', 'Z') }))
    const [gitlab, jira] = combineSources(
      item,
      'change_failure_rate',
      [reading('g', deployments), reading('j', issues)],
      NOW,
    )
    expect(gitlab?.entities.map(({ key }) => key)).toEqual(['01', '10'])
    expect([gitlab?.value, gitlab?.total, jira?.value, jira?.total]).toEqual(['2', '3', '0', '0'])
  })
})
