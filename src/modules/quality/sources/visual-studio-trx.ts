import { ageFindings, countEntities } from '../collector/findings.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import type { SourceReader, SourceReaders } from '../collector/source-reader.ts'
import { testCaseKeys } from '../collector/test-case-keys.ts'
import { descendants, readRecords, type XmlNode } from '../collector/xml-records.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

type TrxReport = { readonly tests: readonly Entity[]; readonly created: string }

/** A file of test results of Visual Studio. @throws SourceFailure `parse` */
export async function parseTrx(content: Buffer): Promise<TrxReport> {
  const tests: XmlNode[] = []
  const outcomes = new Map<string, string>()
  let created = ''
  await readRecords(
    content,
    ['UnitTest', 'UnitTestResult', 'Times'],
    (record) => {
      const { name, attributes } = record
      if (name === 'UnitTest') tests.push(record)
      if (name === 'UnitTestResult') outcomes.set(attributes.testId ?? '', attributes.outcome ?? 'Passed')
      if (name === 'Times') created ||= attributes.creation ?? attributes.start ?? ''
    },
    ['TestRun'],
  )
  return { tests: tests.map((test) => testEntity(test, outcomes)), created }
}

function testEntity(test: XmlNode, outcomes: ReadonlyMap<string, string>): Entity {
  const { id = '', name = '' } = test.attributes
  const categories = descendants(test, 'TestCategoryItem').map(
    ({ attributes }) => attributes.TestCategory ?? '',
  )
  const keys = categories.flatMap((category) => testCaseKeys(category).slice(0, 1)).toSorted()
  return {
    key: id,
    name: keys.length > 0 ? `${name} (${keys.join(', ')})` : name,
    test_result: outcomes.get(id) ?? 'NotExecuted',
  }
}

const readTests: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['trx', 'xml'])
  const wanted = selectedValues('visual_studio_trx', 'test_result', request.parameters)
  const reports = await Promise.all(documents.map(({ content }) => parseTrx(content)))
  const tests = reports.flatMap((report) => report.tests)
  return countEntities(
    tests.filter(({ test_result = '' }) => wanted.includes(test_result)),
    addresses,
    tests.length,
  )
}

const readAge: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['trx', 'xml'])
  const reports = await Promise.all(documents.map(({ content }) => parseTrx(content)))
  const dates = reports.map(({ created }) => readSourceDate(created, request.ctx.zone))
  return ageFindings(request, dates, addresses)
}

/** Results of tests by Visual Studio. */
export const visualStudioTrx: SourceReaders = {
  tests: readTests,
  test_cases: readTests,
  source_up_to_dateness: readAge,
}
