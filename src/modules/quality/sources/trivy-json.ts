import { ageFindings, countEntities } from '../collector/findings.ts'
import {
  type JsonObject,
  objectsIn,
  requireObjects,
  requireText,
  textIn,
  textsIn,
} from '../collector/json-values.ts'
import { isObject, parseJson } from '../collector/parse-json.ts'
import { readFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { isWantedFix } from './fix-availability.ts'

type Trivy = { readonly createdAt: string | undefined; readonly entities: readonly Entity[] }

/** A report of Trivy in its first or second schema. @throws SourceFailure `parse` */
export function parseTrivy(content: Buffer): Trivy {
  const file = parseJson(content)
  if (Array.isArray(file)) return { createdAt: undefined, entities: entitiesOf(objectsIn(file)) }
  if (!isObject(file) || file.SchemaVersion === undefined)
    throw new SourceFailure('parse', 'The file is no report of Trivy.')
  // without any finding Trivy leaves the list out
  const results =
    file.Results === undefined || file.Results === null ? [] : requireObjects(file.Results, 'Results')
  return { createdAt: textIn(file, 'CreatedAt'), entities: entitiesOf(results) }
}

function entitiesOf(results: readonly JsonObject[]): readonly Entity[] {
  return results.flatMap((result) =>
    objectsIn(result.Vulnerabilities).map((found) => entityOf(found, textIn(result, 'Target'))),
  )
}

function entityOf(found: JsonObject, target: string): Entity {
  const [id, name, version] = ['VulnerabilityID', 'PkgName', 'InstalledVersion'].map((key) =>
    requireText(found, key),
  )
  return {
    key: `${id}@${name}@${version}`,
    old_key: `${id}@${name}@${target}`,
    vulnerability_id: id ?? '',
    title: textIn(found, 'Title') || (id ?? ''),
    description: textIn(found, 'Description'),
    level: requireText(found, 'Severity'),
    package_name: name ?? '',
    installed_version: version ?? '',
    fixed_version: textIn(found, 'FixedVersion'),
    url: textsIn(found.References)[0] ?? '',
  }
}

const readWarnings: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['json'])
  const levels = selectedValues('trivy_json', 'levels', request.parameters)
  const fixes = selectedValues('trivy_json', 'fix_availability', request.parameters)
  const found = documents.flatMap(({ content }) => parseTrivy(content).entities)
  const wanted = found.filter(
    ({ level = '', fixed_version = '' }) =>
      levels.includes(level.toLowerCase()) && isWantedFix(fixed_version, fixes),
  )
  return countEntities(wanted, addresses)
}

const readAge: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['json'])
  const dates = documents.map(({ content }) => {
    const { createdAt } = parseTrivy(content)
    if (createdAt === undefined)
      throw new SourceFailure(
        'parse',
        'Measuring source up-to-dateness is not supported with Trivy JSON schema version 1',
      )
    return readSourceDate(createdAt, request.ctx.zone)
  })
  return ageFindings(request, dates, addresses)
}

/** Vulnerabilities that Trivy found. */
export const trivyJson: SourceReaders = { security_warnings: readWarnings, source_up_to_dateness: readAge }
