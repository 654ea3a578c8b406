import { countEntities } from '../collector/findings.ts'
import { type JsonObject, objectIn, objectsIn, requireObjects, textIn } from '../collector/json-values.ts'
import { parseJson } from '../collector/parse-json.ts'
import { readFiles } from '../collector/read-files.ts'
import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

/** The findings of a SARIF file. @throws SourceFailure `parse` */
export function parseSarif(content: Buffer): readonly Entity[] {
  const runs = requireObjects(objectIn(parseJson(content)).runs, 'runs')
  return runs.flatMap((run) => {
    const rules = rulesOf(run)
    // the list is missing where a tool could not be started
    return objectsIn(run.results).map((result) => entityOf(result, rules))
  })
}

type Rules = { readonly own: readonly JsonObject[]; readonly byId: ReadonlyMap<string, JsonObject> }

function rulesOf(run: JsonObject): Rules {
  const tool = objectIn(run.tool)
  const own = objectsIn(objectIn(tool.driver).rules)
  const all = [...objectsIn(tool.extensions).flatMap(({ rules }) => objectsIn(rules)), ...own]
  return { own, byId: new Map(all.map((rule) => [textIn(rule, 'id'), rule])) }
}

function ruleOf(result: JsonObject, { own, byId }: Rules): JsonObject {
  const id = textIn(result, 'ruleId') || textIn(objectIn(result.rule), 'id')
  const index = typeof result.ruleIndex === 'number' ? result.ruleIndex : undefined
  // an id may have parts of its own below that of the rule
  const known = byId.get(id) ?? byId.get(id.split('/')[0] ?? '')
  const rule = known ?? (id === '' && index !== undefined ? own[index] : undefined)
  return rule ?? { id }
}

function entityOf(result: JsonObject, rules: Rules): Entity {
  const rule = ruleOf(result, rules)
  const id = textIn(result, 'ruleId') || textIn(rule, 'id')
  if (id === '') throw new SourceFailure('parse', 'A result does not say which rule it breaks.')
  const uris = objectsIn(result.locations)
    .map((location) => textIn(objectIn(objectIn(location.physicalLocation).artifactLocation), 'uri'))
    .filter((uri) => uri !== '')
  const short = textIn(objectIn(rule.shortDescription), 'text')
  return {
    key: `${id}@${uris.join(',')}`,
    message: textIn(objectIn(result.message), 'text'),
    level: textIn(result, 'level') || textIn(objectIn(rule.defaultConfiguration), 'level') || 'warning',
    locations: uris.join(', '),
    rule: short || id,
    description: textIn(objectIn(rule.fullDescription), 'text') || short,
    url: textIn(rule, 'helpUri'),
  }
}

const readFindings: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['json', 'sarif'])
  const levels = selectedValues('sarif_json', 'levels', request.parameters)
  const found = documents.flatMap(({ content }) => parseSarif(content))
  return countEntities(
    found.filter(({ level = '' }) => levels.includes(level)),
    addresses,
  )
}

/** Findings of static analysers. */
export const sarifJson: SourceReaders = { security_warnings: readFindings, violations: readFindings }
