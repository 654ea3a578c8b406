import { createHash } from 'node:crypto'
import {
  type Addresses,
  ageFindings,
  countEntities,
  versionFindings,
  wordsOf,
} from '../collector/findings.ts'
import { objectIn, objectsIn, requireObjects, textIn } from '../collector/json-values.ts'
import { newerRelease } from '../collector/latest-release.ts'
import { parseJson } from '../collector/parse-json.ts'
import { stabilize } from '../collector/patterns.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { childrenAt, childText, readRecords } from '../collector/xml-records.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

type Dependency = {
  readonly fileName: string
  readonly filePath: string
  readonly sha1: string
  /** lower case */
  readonly severities: readonly string[]
}
type Report = {
  readonly reportDate: string
  readonly engineVersion: string
  readonly dependencies: readonly Dependency[]
}

const NAMESPACE =
  /^https:\/\/jeremylong\.github\.io\/DependencyCheck\/dependency-check\.(2\.[0-5]|3\.[01]|4\.[01])\.xsd$/

/** A report of OWASP Dependency-Check as XML. @throws SourceFailure `parse` */
export async function parseDependencyCheckXml(content: Buffer): Promise<Report> {
  const dependencies: Dependency[] = []
  let [reportDate, engineVersion] = ['', '']
  const root = await readRecords(
    content,
    ['dependency', 'projectInfo', 'scanInfo'],
    (record) => {
      if (record.name === 'projectInfo') reportDate ||= childText(record, 'reportDate')
      if (record.name === 'scanInfo') engineVersion ||= childText(record, 'engineVersion')
      if (record.name !== 'dependency') return
      dependencies.push({
        fileName: childText(record, 'fileName'),
        filePath: childText(record, 'filePath'),
        sha1: childText(record, 'sha1'),
        severities: childrenAt(record, 'vulnerabilities', 'vulnerability').map((found) =>
          childText(found, 'severity').toLowerCase(),
        ),
      })
    },
    ['analysis'],
  )
  if (!Object.values(root.attributes).some((value) => NAMESPACE.test(value)))
    throw new SourceFailure('parse', 'The file is of a version of Dependency-Check that is not known.')
  return { reportDate, engineVersion, dependencies }
}

/** A report of OWASP Dependency-Check as JSON. @throws SourceFailure `parse` */
export function parseDependencyCheckJson(content: Buffer): Report {
  const file = objectIn(parseJson(content))
  const schema = textIn(file, 'reportSchema')
  if (schema !== '1.1')
    throw new SourceFailure('parse', `Expected report schema "1.1" and found "${schema.slice(0, 20)}".`)
  return {
    reportDate: textIn(objectIn(file.projectInfo), 'reportDate'),
    engineVersion: textIn(objectIn(file.scanInfo), 'engineVersion'),
    dependencies: requireObjects(file.dependencies, 'dependencies').map((found) => ({
      fileName: textIn(found, 'fileName'),
      filePath: textIn(found, 'filePath'),
      sha1: textIn(found, 'sha1'),
      severities: objectsIn(found.vulnerabilities).map((each) => textIn(each, 'severity').toLowerCase()),
    })),
  }
}

type Format = {
  readonly source: 'owasp_dependency_check_xml' | 'owasp_dependency_check_json'
  readonly extension: string
  readonly parse: (content: Buffer) => Report | Promise<Report>
}

async function readReports(request: SourceRequest, { extension, parse }: Format) {
  const { documents, addresses } = await readFiles(request, [extension])
  const reports = await Promise.all(documents.map(async ({ content }) => parse(content)))
  return { reports, addresses }
}

/** One entity for each dependency of a report; its place in the file is part of its link. */
function entitiesOf(
  { dependencies }: Report,
  addresses: Addresses,
  patterns: readonly string[],
): readonly Entity[] {
  const paths = stabilize(
    dependencies.map(({ filePath }) => filePath.trim()),
    patterns,
    '',
  )
  return dependencies.map(({ fileName, filePath, sha1 }, index) => {
    const stable = paths[index] ?? ''
    return {
      key: sha1 || createHash('sha1').update(`${stable}${fileName}`).digest('hex'),
      file_path: filePath,
      file_path_after_regexp: stable,
      file_name: fileName,
      url: sha1 ? `${addresses.landingUrl ?? ''}#l${index + 1}_${sha1}` : '',
    }
  })
}

const HIGHEST_FIRST = ['critical', 'high', 'medium', 'moderate']

function highestOf(severities: readonly string[]): string {
  const highest = HIGHEST_FIRST.find((severity) => severities.includes(severity)) ?? 'low'
  return highest.charAt(0).toUpperCase() + highest.slice(1)
}

function readersOf(format: Format): SourceReaders {
  const dependencies: SourceReader = async (request) => {
    const { reports, addresses } = await readReports(request, format)
    const patterns = wordsOf(request, 'variable_file_path_regexp')
    return countEntities(
      reports.flatMap((report) => entitiesOf(report, addresses, patterns)),
      addresses,
    )
  }
  const warnings: SourceReader = async (request) => {
    const { reports, addresses } = await readReports(request, format)
    const patterns = wordsOf(request, 'variable_file_path_regexp')
    const wanted = selectedValues(format.source, 'severities', request.parameters)
    const found = reports.flatMap((report) =>
      entitiesOf(report, addresses, patterns).flatMap((entity, index) => {
        const severities =
          report.dependencies[index]?.severities.filter((each) => wanted.includes(each)) ?? []
        if (severities.length === 0) return []
        return {
          ...entity,
          highest_severity: highestOf(severities),
          nr_vulnerabilities: String(severities.length),
        }
      }),
    )
    return countEntities(found, addresses)
  }
  const age: SourceReader = async (request) => {
    const { reports, addresses } = await readReports(request, format)
    const dates = reports.map(({ reportDate }) => readSourceDate(reportDate, request.ctx.zone))
    return ageFindings(request, dates, addresses)
  }
  const version: SourceReader = async (request) => {
    const { reports, addresses } = await readReports(request, format)
    const versions = reports.map(({ engineVersion }) => engineVersion)
    const newer = await newerRelease(request, 'dependency-check/DependencyCheck', versions)
    return versionFindings(versions, addresses, newer)
  }
  return { dependencies, security_warnings: warnings, source_up_to_dateness: age, source_version: version }
}

/** Vulnerable dependencies, as XML. */
export const owaspDependencyCheckXml: SourceReaders = readersOf({
  source: 'owasp_dependency_check_xml',
  extension: 'xml',
  parse: parseDependencyCheckXml,
})

/** Vulnerable dependencies, as JSON. */
export const owaspDependencyCheckJson: SourceReaders = readersOf({
  source: 'owasp_dependency_check_json',
  extension: 'json',
  parse: parseDependencyCheckJson,
})
