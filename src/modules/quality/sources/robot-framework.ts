import { ageFindings, distinctEntities, toCount, versionFindings } from '../collector/findings.ts'
import { newerRelease } from '../collector/latest-release.ts'
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
import { textOf } from '../domain/report-tree.ts'
import { selectedValues } from '../domain/selected-values.ts'

type RobotReport = {
  readonly generated: string
  readonly generator: string
  /** tests by result, as the report counts them */
  readonly counts: Readonly<Record<string, string>>
  readonly tests: readonly Entity[]
  readonly suites: readonly Entity[]
}
type OpenSuite = { readonly element: XmlElement; documentation: string; readonly results: string[] }

/** A file `output.xml`. @throws SourceFailure `parse` */
export async function parseRobot(content: Buffer): Promise<RobotReport> {
  const reading = new Map<XmlElement, OpenSuite>()
  const tests: Entity[] = []
  const suites: Entity[] = []
  let root: XmlElement | undefined
  let stat: XmlElement | undefined
  let counts: Readonly<Record<string, string>> | undefined
  await parseXml(content, {
    open: (element) => {
      root ??= checkedRoot(element)
      if (element.name === 'suite') reading.set(element, { element, documentation: '', results: [] })
      if (element.name === 'stat' && element.path.at(-1)?.name === 'total') stat = element
      const test = element.path.at(-1)
      if (element.name !== 'status' || test?.name !== 'test') return
      const suite = test.path.at(-1)
      const result = (element.attributes.status ?? '').toLowerCase()
      tests.push(testEntity(test, result))
      if (suite) reading.get(suite)?.results.push(result)
    },
    text: (text, inside) => {
      if (inside === stat && stat && text.trim().toLowerCase() === 'all tests') counts = stat.attributes
      const suite = inside?.name === 'doc' ? inside.path.at(-1) : undefined
      const open = suite && reading.get(suite)
      if (open) open.documentation += text
    },
    close: (element) => {
      const suite = reading.get(element)
      if (suite && suite.results.length > 0) suites.push(suiteEntity(suite))
      reading.delete(element)
    },
  })
  if (!counts) throw new SourceFailure('parse', 'The file has no statistics of all tests.')
  return {
    generated: root?.attributes.generated ?? '',
    generator: root?.attributes.generator ?? '',
    counts,
    tests,
    suites,
  }
}

function checkedRoot(element: XmlElement): XmlElement {
  if (element.name !== 'robot')
    throw new SourceFailure(
      'parse',
      `Expected the XML element "robot" and found "${element.name.slice(0, 100)}".`,
    )
  return element
}

function testEntity({ attributes, path }: XmlElement, result: string): Entity {
  const names = path.filter(({ name }) => name === 'suite').map((suite) => suite.attributes.name ?? 'unknown')
  return {
    key: attributes.id ?? `${names.join('/')}/${attributes.name ?? ''}`,
    test_name: attributes.name ?? 'unknown',
    suite_name: names.at(-1) ?? 'unknown',
    suite_names: names.join('/'),
    test_result: result,
  }
}

function suiteEntity({ element, documentation, results }: OpenSuite): Entity {
  const count = (result: string) => results.filter((each) => each === result).length
  const result = count('fail') > 0 ? 'fail' : count('skip') > 0 ? 'skip' : 'pass'
  return {
    key: element.attributes.id ?? element.attributes.name ?? '',
    suite_name: element.attributes.name ?? 'unknown',
    suite_documentation: documentation.trim(),
    suite_result: result,
    tests: String(results.length),
    passed: String(count('pass')),
    errored: '0',
    failed: String(count('fail')),
    skipped: String(count('skip')),
  }
}

async function readReports(request: SourceRequest) {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const reports = await Promise.all(documents.map(({ content }) => parseRobot(content)))
  // people read the page that lies beside the data
  const landingUrl = textOf(request.parameters, 'landing_url')
    ? addresses.landingUrl
    : addresses.landingUrl.replace(/output\.(html|xml)$/, 'report.html')
  return { reports, addresses: { ...addresses, landingUrl } }
}

const RESULTS = ['fail', 'pass', 'skip']

const readTests: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const isAll = request.metricType === 'test_cases'
  const wanted = isAll ? RESULTS : selectedValues('robot_framework', 'test_result', request.parameters)
  const sum = (results: readonly string[]) =>
    reports.reduce(
      (total, { counts }) =>
        total + results.reduce((part, result) => part + toCount(counts[result], result), 0),
      0,
    )
  const tests = reports.flatMap((report) => report.tests)
  const entities = distinctEntities(tests.filter(({ test_result = '' }) => wanted.includes(test_result)))
  return { value: String(sum(wanted)), total: String(sum(RESULTS)), entities, ...addresses }
}

const readSuites: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const wanted = selectedValues('robot_framework', 'test_result', request.parameters)
  const suites = reports.flatMap((report) => report.suites)
  const entities = distinctEntities(suites.filter(({ suite_result = '' }) => wanted.includes(suite_result)))
  return { value: String(entities.length), total: String(suites.length), entities, ...addresses }
}

const readAge: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const dates = reports.map(({ generated }) => readSourceDate(generated, request.ctx.zone))
  return ageFindings(request, dates, addresses)
}

const readVersion: SourceReader = async (request) => {
  const { reports, addresses } = await readReports(request)
  const versions = reports.map(({ generator }) => generator.split(' ')[1] ?? '')
  return versionFindings(
    versions,
    addresses,
    await newerRelease(request, 'robotframework/robotframework', versions),
  )
}

/** Results of tests by Robot Framework. */
export const robotFramework: SourceReaders = {
  tests: readTests,
  test_cases: readTests,
  test_suites: readSuites,
  source_up_to_dateness: readAge,
  source_version: readVersion,
}
