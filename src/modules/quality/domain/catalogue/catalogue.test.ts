import { describe, expect, it } from 'vitest'
import {
  CATALOGUE,
  choicesOf,
  findEntityType,
  findSubjectType,
  isSecretParameter,
  parametersFor,
} from './catalogue.ts'
import { checkCatalogue } from './check-catalogue.ts'

describe('the catalogue', () => {
  it('has everything that users of the documented system know', () => {
    expect(Object.keys(CATALOGUE.metrics)).toHaveLength(43)
    // and one of our own
    expect(Object.keys(CATALOGUE.sources)).toHaveLength(50)
    expect(findSubjectType('software_source_code')?.metrics).toContain('security_warnings')
    expect(CATALOGUE.metrics.manual_test_execution).toMatchObject({
      unitSingular: 'manual test case',
      nearTarget: '5',
    })
  })

  it('says which parameters a metric uses, with their defaults', () => {
    expect(Object.keys(parametersFor('cloc', 'source_version'))).toEqual(
      expect.arrayContaining(['url', 'landing_url', 'github_pat']),
    )
    expect(parametersFor('cloc', 'loc')).not.toHaveProperty('github_pat')
    expect(parametersFor('jenkins', 'unused_jobs').inactive_days).toMatchObject({ value: '90', unit: 'days' })
    expect(parametersFor('gatling', 'slow_transactions').response_time_to_evaluate).toMatchObject({
      value: '95th percentile',
    })
    expect(parametersFor('grafana_k6', 'slow_transactions').response_time_to_evaluate?.value).toBe(
      'none (use thresholds in summary.json)',
    )
    expect(parametersFor('owasp_zap', 'security_warnings').risks?.apiValues).toEqual({
      informational: '0',
      low: '1',
      medium: '2',
      high: '3',
    })
    expect(parametersFor('quality_time', 'metrics').status?.apiValues?.['unknown (white)']).toBe('unknown')
    const { metric_type } = parametersFor('quality_time', 'metrics')
    expect(metric_type && choicesOf(metric_type)).toContain('Violations')
    expect(parametersFor('jira', 'velocity').private_token?.checkPath).toBe('rest/api/2/myself')
  })

  it('describes what sources find', () => {
    expect(findEntityType('cloc', 'loc')?.measured).toBe('code')
    expect(findEntityType('npm', 'dependencies')?.namePlural).toBe('dependencies')
    expect(findEntityType('azure_devops', 'tests')?.attributes.at(-1)).toMatchObject({
      key: 'counted_tests',
      visible: false,
      type: 'integer',
    })
    expect(findEntityType('jira', 'issues')?.attributes[0]).toMatchObject({ key: 'issue_key', url: 'url' })
  })

  it.each([
    ['sonarqube', 'private_token', true],
    ['cloc', 'github_pat', true],
    ['sonarqube', 'url', false],
    ['sonarqube', 'unheard_of', true],
    ['unheard_of', 'url', true],
    ['sonarqube', 'constructor', true],
  ])('counts what it does not know as secret: %s %s', (source, key, expected) => {
    expect(isSecretParameter(source, key)).toBe(expected)
  })

  it('finds every contradiction', () => {
    const { violations } = CATALOGUE.metrics
    const { junit } = CATALOGUE.sources
    if (!violations || !junit) throw new Error('these are in the catalogue')
    const metrics = { ...CATALOGUE.metrics, violations: { ...violations, target: 'low', sources: ['junit'] } }
    const sources = { ...CATALOGUE.sources, junit: { ...junit, description: 'none' } }
    const problems = checkCatalogue({ ...CATALOGUE, metrics, sources })
    expect(problems).toEqual(
      expect.arrayContaining([
        'metric violations: targets are numbers',
        'source junit does not supply violations',
        'source junit needs a name and a sentence',
        'metric violations does not know source sonarqube',
      ]),
    )
  })
})
