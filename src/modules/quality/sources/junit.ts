import { parseXml, type XmlElement } from '../collector/parse-xml.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import type { SourceReader, SourceReaders } from '../collector/source-reader.ts'
import { type Entity, safeKey } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { daysSince } from './calendar.ts'

type TestResult = 'errored' | 'failed' | 'skipped' | 'passed'
type TestCase = {
  readonly attributes: Readonly<Record<string, string>>
  readonly suites: readonly XmlElement[]
  result: TestResult
}
type Suite = { readonly element: XmlElement; cases: number }
type Report = {
  readonly cases: readonly TestCase[]
  readonly suites: readonly Suite[]
  readonly elements: readonly XmlElement[]
}

const RESULT_OF: Readonly<Record<string, TestResult>> = {
  error: 'errored',
  failure: 'failed',
  skipped: 'skipped',
}
const WORST_FIRST: readonly TestResult[] = ['errored', 'failed', 'skipped', 'passed']

async function readReport(content: Buffer): Promise<Report> {
  const cases: TestCase[] = []
  const suites = new Map<XmlElement, Suite>()
  const elements: XmlElement[] = []
  let current: TestCase | undefined
  await parseXml(content, {
    open: (element) => {
      const parent = element.path.at(-1)
      if (element.name === 'testsuite' || element.name === 'testsuites') elements.push(element)
      if (element.name === 'testcase') {
        current = { attributes: element.attributes, suites: element.path, result: 'passed' }
        cases.push(current)
        if (parent) countCase(suites, parent)
        return
      }
      const result = parent?.name === 'testcase' ? RESULT_OF[element.name] : undefined
      if (current && result && WORST_FIRST.indexOf(result) < WORST_FIRST.indexOf(current.result))
        current.result = result
    },
  })
  return { cases, suites: [...suites.values()], elements }
}

function readReports(documents: readonly { readonly content: Buffer }[]): Promise<readonly Report[]> {
  return Promise.all(documents.map(({ content }) => readReport(content)))
}

function countCase(suites: Map<XmlElement, Suite>, element: XmlElement): void {
  const suite = suites.get(element) ?? { element, cases: 0 }
  suite.cases += 1
  suites.set(element, suite)
}

/** The entity of a test: the documented system makes its key of class, host and name. */
function testEntity({ attributes, suites, result }: TestCase): Entity {
  const { classname = '', name = '' } = attributes
  const host =
    attributes.hostname ?? suites.findLast((suite) => suite.attributes.hostname)?.attributes.hostname ?? ''
  const names = suites.flatMap((suite) => suite.attributes.name ?? [])
  return {
    key: safeKey(`${classname}:${host}:${name}`),
    name,
    class_name: classname,
    host_name: host,
    test_result: result,
    suite_names: names.join('/'),
  }
}

function distinct(entities: readonly Entity[]): readonly Entity[] {
  const byKey = new Map<string, Entity>()
  for (const entity of entities) if (!byKey.has(entity.key)) byKey.set(entity.key, entity)
  return [...byKey.values()]
}

const readTests: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const wanted = selectedValues('junit', 'test_result', request.parameters)
  const all = (await readReports(documents)).flatMap(({ cases }) => cases).map(testEntity)
  const entities = distinct(all.filter(({ test_result = '' }) => wanted.includes(test_result)))
  return { value: String(entities.length), total: String(all.length), entities, ...addresses }
}

const readSuites: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const wanted = selectedValues('junit', 'test_result', request.parameters)
  const all = (await readReports(documents)).flatMap(({ suites }) => suites).map(suiteEntity)
  const entities = distinct(all.filter(({ suite_result = '' }) => wanted.includes(suite_result)))
  return { value: String(entities.length), total: String(all.length), entities, ...addresses }
}

function suiteEntity({ element, cases }: Suite): Entity {
  const { name = '', id } = element.attributes
  const count = (attribute: string) => Number(element.attributes[attribute] ?? 0) || 0
  const [errored, failed, skipped] = [count('errors'), count('failures'), count('skipped')]
  const result = errored > 0 ? 'errored' : failed > 0 ? 'failed' : skipped > 0 ? 'skipped' : 'passed'
  return {
    key: safeKey(id ?? name),
    suite_name: name,
    suite_result: result,
    tests: String(cases),
    passed: String(Math.max(0, cases - errored - failed - skipped)),
    errored: String(errored),
    failed: String(failed),
    skipped: String(skipped),
  }
}

const readAge: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const now = request.ctx.now()
  const dates = (await readReports(documents)).map((report) => dateOf(report, request.ctx.zone) ?? now)
  const oldestCounts = request.direction === '<'
  const ages = dates.map((date) => daysSince(date, now))
  return { value: String(oldestCounts ? Math.max(...ages) : Math.min(...ages)), ...addresses }
}

function dateOf({ elements }: Report, zone: string): Date | undefined {
  const text = elements.find(({ attributes }) => attributes.timestamp)?.attributes.timestamp
  if (text === undefined) return undefined
  return readSourceDate(text, zone)
}

/** Results of tests in the format that most test tools write. */
export const junit: SourceReaders = {
  tests: readTests,
  test_cases: readTests,
  test_suites: readSuites,
  source_up_to_dateness: readAge,
}
