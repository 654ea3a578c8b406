import type { Entity } from '../domain/entity.ts'
import type { SourceReading } from '../domain/measurement.ts'
import { type MetricItem, objectOf, type SourceItem, textOf } from '../domain/report-tree.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { testCaseKeys } from './test-case-keys.ts'

/**
 * What several sources say together, where a metric needs more than their sum: results of test cases, and deployments
 * that failed. Readings of other metrics, and of sources that could not be read, stay as they are.
 */
export function combineSources(
  item: MetricItem,
  metricType: string,
  readings: readonly SourceReading[],
  now: Date,
): readonly SourceReading[] {
  if (readings.some(({ value }) => value === null)) return readings
  const parts = item.sources.flatMap((source) => {
    const reading = readings.find(({ sourceId }) => sourceId === source.id)
    return reading ? [{ source, reading }] : []
  })
  if (metricType === 'test_cases') return combineTestCases(parts)
  return metricType === 'change_failure_rate' ? combineDeployments(parts, now) : readings
}

type Part = { readonly source: SourceItem; readonly reading: SourceReading }

function isFrom({ source }: Part, type: string): boolean {
  return source.attributes.type === type
}

const BEST_FIRST = ['passed', 'skipped', 'failed', 'errored']
const UNIFIED: Readonly<Record<string, string>> = {
  pass: 'passed',
  completed: 'passed',
  passedbutrunaborted: 'passed',
  fail: 'failed',
  error: 'errored',
  aborted: 'errored',
  timeout: 'errored',
  disconnected: 'errored',
  warning: 'errored',
  skip: 'skipped',
  inconclusive: 'skipped',
  notexecuted: 'skipped',
  notrunnable: 'skipped',
  ignored: 'skipped',
  pending: 'untested',
  inprogress: 'untested',
}
const NAMED_IN = ['name', 'test_name', 'description', 'suite_name', 'suite_names']

/** Test cases of Jira with the results of the tests that name them. */
function combineTestCases(parts: readonly Part[]): readonly SourceReading[] {
  const cases = parts.filter((part) => isFrom(part, 'jira')).flatMap(({ reading }) => reading.entities)
  const known = new Set(cases.map(({ issue_key = '' }) => issue_key))
  const results = new Map<string, string>()
  for (const part of parts.filter((each) => !isFrom(each, 'jira'))) addResults(results, part, known)
  return parts.map((part) => {
    if (cases.length === 0)
      return {
        ...part.reading,
        value: null,
        total: null,
        entities: [],
        parseError: 'No test case keys found in this source',
      }
    if (!isFrom(part, 'jira')) return { ...part.reading, value: '0', total: '0' }
    const wanted = selectedValues('jira', 'test_result', objectOf(part.source.attributes.parameters))
    const judged = part.reading.entities.map(
      (entity): Entity => ({
        ...entity,
        test_result: results.get(entity.issue_key ?? '') ?? 'untested',
      }),
    )
    const entities = judged.filter(({ test_result = '' }) => wanted.includes(test_result))
    return { ...part.reading, value: String(entities.length), total: String(judged.length), entities }
  })
}

function addResults(
  results: Map<string, string>,
  { source, reading }: Part,
  known: ReadonlySet<string>,
): void {
  const strategy = textOf(objectOf(source.attributes.parameters), 'test_result_aggregation_strategy')
  for (const test of reading.entities) {
    const result = (test.test_result ?? '').toLowerCase()
    const unified = UNIFIED[result] ?? result
    const keys = new Set(NAMED_IN.flatMap((attribute) => testCaseKeys(test[attribute] ?? '')))
    for (const key of keys)
      if (known.has(key)) results.set(key, aggregated(results.get(key), unified, strategy === 'lenient'))
  }
}

function aggregated(before: string | undefined, next: string, isLenient: boolean): string {
  if (before === undefined || before === 'untested') return next
  if (next === 'untested') return before
  const [first, second] = [BEST_FIRST.indexOf(before), BEST_FIRST.indexOf(next)]
  return (isLenient ? second < first : second > first) ? next : before
}

/** Deployments that an issue followed before the next one failed. */
function combineDeployments(parts: readonly Part[], now: Date): readonly SourceReading[] {
  const issues = parts
    .filter((part) => isFrom(part, 'jira'))
    .flatMap(({ reading }) => reading.entities.map(({ created = '' }) => Date.parse(created)))
  const starts = parts
    .filter((part) => !isFrom(part, 'jira'))
    .flatMap(({ reading }) => reading.entities.map(({ build_date = '' }) => Date.parse(build_date)))
    .toSorted((a, b) => a - b)
  const hasFailed = ({ build_date = '' }: Entity) => {
    const start = Date.parse(build_date)
    const end = starts.find((each) => each > start) ?? now.getTime()
    return issues.some((created) => created > start && created <= end)
  }
  return parts.map((part) => {
    if (isFrom(part, 'jira')) return { ...part.reading, value: '0', total: '0', entities: [] }
    const failed = part.reading.entities.filter(hasFailed)
    return {
      ...part.reading,
      value: String(failed.length),
      total: String(part.reading.entities.length),
      entities: failed,
    }
  })
}
