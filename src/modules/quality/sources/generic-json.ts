import { createHash } from 'node:crypto'
import { isObject, parseJson } from '../collector/parse-json.ts'
import { readFiles } from '../collector/read-files.ts'
import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

const readWarnings: SourceReader = async (request) => {
  const files = await readFiles(request, ['json'])
  const severities = selectedValues('generic_json', 'severities', request.parameters)
  const found = files.documents.flatMap(({ content }) => entitiesOf(parseJson(content)))
  const entities = found.filter(({ severity = '' }) => severities.includes(severity.toLowerCase()))
  const distinct = [...new Map(entities.map((entity) => [entity.key, entity])).values()]
  return { value: String(distinct.length), entities: distinct, ...files.addresses }
}

function entitiesOf(file: unknown): readonly Entity[] {
  const list = isObject(file) ? file.vulnerabilities : undefined
  if (!Array.isArray(list)) throw new SourceFailure('parse', 'The file has no list "vulnerabilities".')
  return list.map((item: unknown) => {
    const [title, description, severity] = ['title', 'description', 'severity'].map((name) => {
      const value = isObject(item) ? item[name] : undefined
      if (typeof value !== 'string') throw new SourceFailure('parse', `A vulnerability has no ${name}.`)
      return value
    })
    const key = createHash('md5').update(`${title}:${description}`).digest('hex')
    return { key, title: title ?? '', description: description ?? '', severity: severity ?? '' }
  })
}

/** Security findings in a simple file. */
export const genericJson: SourceReaders = { security_warnings: readWarnings }
