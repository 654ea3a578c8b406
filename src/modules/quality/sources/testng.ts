import { ageFindings, distinctEntities, toCount } from '../collector/findings.ts'
import { parseXml, type XmlElement } from '../collector/parse-xml.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

type Method = { readonly entity: Entity; readonly isConfig: boolean; readonly suites: readonly XmlElement[] }
type TestngReport = {
  readonly counts: Readonly<Record<string, string>>
  readonly methods: readonly Method[]
  /** those that hold tests themselves */
  readonly suites: readonly XmlElement[]
  readonly finishedAt: string
}

const RESULT_OF: Readonly<Record<string, string>> = { FAIL: 'failed', PASS: 'passed', SKIP: 'skipped' }

/** A file `testng-results.xml`. @throws SourceFailure `parse` */
export async function parseTestng(content: Buffer): Promise<TestngReport> {
  const methods: Method[] = []
  const suites = new Set<XmlElement>()
  let root: XmlElement | undefined
  let finishedAt = ''
  await parseXml(content, {
    open: (element) => {
      root ??= checkedRoot(element)
      const parent = element.path.at(-1)
      if (element.name === 'suite') finishedAt ||= element.attributes['finished-at'] ?? ''
      if (element.name === 'test' && parent?.name === 'suite') suites.add(parent)
      if (element.name === 'test-method') methods.push(methodOf(element))
    },
  })
  return { counts: root?.attributes ?? {}, methods, suites: [...suites], finishedAt }
}

function checkedRoot(element: XmlElement): XmlElement {
  if (element.name !== 'testng-results')
    throw new SourceFailure(
      'parse',
      `Expected the XML element "testng-results" and found "${element.name.slice(0, 100)}".`,
    )
  return element
}

function methodOf({ attributes, path }: XmlElement): Method {
  const className = path.findLast(({ name }) => name === 'class')?.attributes.name ?? ''
  const { name = '', description = '', status = '' } = attributes
  const result = RESULT_OF[status.toUpperCase()]
  if (!result)
    throw new SourceFailure('parse', `A test has a status that is not known: "${status.slice(0, 50)}".`)
  return {
    entity: { key: `${className}_${name}`, name, description, class_name: className, test_result: result },
    isConfig: attributes['is-config'] === 'true',
    suites: path.filter((element) => element.name === 'suite'),
  }
}

async function readReports(request: SourceRequest) {
  const { documents, addresses } = await readFiles(request, ['xml'])
  return { reports: await Promise.all(documents.map(({ content }) => parseTestng(content))), addresses }
}

const RESULTS = ['failed', 'ignored', 'passed', 'skipped']

const readTests: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const isAll = request.metricType === 'test_cases'
  const wanted = isAll ? RESULTS : selectedValues('testng', 'test_result', request.parameters)
  const count = (names: readonly string[]) =>
    reports.reduce(
      (sum, { counts }) => sum + names.reduce((part, name) => part + toCount(counts[name], name), 0),
      0,
    )
  const tests = reports.flatMap(({ methods }) =>
    methods.flatMap(({ entity, isConfig }) =>
      isConfig || !wanted.includes(entity.test_result ?? '') ? [] : [entity],
    ),
  )
  return {
    value: String(count(wanted)),
    total: String(count(['total'])),
    entities: distinctEntities(tests),
    ...addresses,
  }
}

const readSuites: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const wanted = selectedValues('testng', 'test_result', request.parameters)
  const suites = reports.flatMap((report) => report.suites.map((suite) => suiteEntity(suite, report)))
  const entities = distinctEntities(suites.filter(({ suite_result = '' }) => wanted.includes(suite_result)))
  return { value: String(entities.length), total: String(suites.length), entities, ...addresses }
}

function suiteEntity(suite: XmlElement, { methods }: TestngReport): Entity {
  const own = methods.filter(({ suites, isConfig }) => !isConfig && suites.includes(suite))
  const count = (result: string) => own.filter(({ entity }) => entity.test_result === result).length
  const ignored = toCount(suite.attributes.ignored, 'ignored')
  const [failed, skipped] = [count('failed'), count('skipped')]
  const result = failed > 0 ? 'failed' : skipped > 0 ? 'skipped' : ignored > 0 ? 'ignored' : 'passed'
  const name = suite.attributes.name ?? 'unknown'
  return {
    key: name,
    suite_name: name,
    suite_result: result,
    tests: String(own.length),
    passed: String(count('passed')),
    errored: '0',
    failed: String(failed),
    skipped: String(skipped),
  }
}

const readAge: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const dates = reports.map(({ finishedAt }) => readSourceDate(finishedAt, request.ctx.zone))
  return ageFindings(request, dates, addresses)
}

/** Results of tests by TestNG. */
export const testng: SourceReaders = {
  tests: readTests,
  test_cases: readTests,
  test_suites: readSuites,
  source_up_to_dateness: readAge,
}
