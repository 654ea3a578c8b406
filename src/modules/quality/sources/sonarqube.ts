import { askJson, serverOf, settingOf } from '../collector/ask-api.ts'
import { ageFindings, distinctEntities, toCount, versionFindings, wordsOf } from '../collector/findings.ts'
import {
  type JsonObject,
  objectIn,
  objectsIn,
  requireText,
  textIn,
  textsIn,
} from '../collector/json-values.ts'
import { chooseNames } from '../collector/patterns.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceFindings,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { choicesOf, findSourceType } from '../domain/catalogue/catalogue.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { SONARQUBE_RULES } from './sonarqube-rules.data.ts'

/** A project on a server, with what every address needs. */
type Project = {
  readonly server: string
  /** encoded for addresses */
  readonly key: string
  readonly branch: string
  readonly ask: (path: string) => Promise<JsonObject>
}

function headersOf(request: SourceRequest): Readonly<Record<string, string>> {
  const token = settingOf(request, 'private_token')
  return token ? { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` } : {}
}

/** A project that does not exist has no violations either: it is asked for first. */
async function findProject(request: SourceRequest): Promise<Project> {
  const server = serverOf(request)
  const headers = headersOf(request)
  const ask = async (path: string) => {
    const answer = objectIn(await askJson(request, `${server}/api/${path}`, headers))
    const [problem] = objectsIn(answer.errors)
    if (problem)
      throw new SourceFailure('connection', textIn(problem, 'msg').slice(0, 500) || 'The server refuses.')
    return answer
  }
  const key = encodeURIComponent(settingOf(request, 'component'))
  await ask(`components/show?component=${key}`)
  return { server, key, branch: encodeURIComponent(settingOf(request, 'branch', 'main')), ask }
}

/** A parameter for the server, only where not everything is chosen. */
function chosen(request: SourceRequest, key: string, name: string): string {
  const parameter = findSourceType('sonarqube')?.parameters[key]
  const values = selectedValues('sonarqube', key, request.parameters)
  const all = parameter ? (choicesOf(parameter) ?? []) : []
  if (values.length === all.length) return ''
  return `&${name}=${values
    .map((value) => value.toUpperCase())
    .toSorted()
    .join(',')}`
}

function searchPath(request: SourceRequest, project: Project, extra: string): string {
  const { server, key, branch } = project
  const directories = wordsOf(request, 'directories_to_include')
  const name = new URL(server).hostname.endsWith('sonarcloud.io') ? 'componentKeys' : 'components'
  const list = directories.map((directory) => `${key}:${encodeURIComponent(directory)}`).join(',')
  const components = directories.length > 0 ? `&${name}=${list}` : ''
  return `issues/search?projects=${key}&branch=${branch}&resolved=false&ps=500${extra}${components}`
}

function filtersOf(request: SourceRequest): string {
  const tags = wordsOf(request, 'tags').map(encodeURIComponent)
  const isSecurity = request.metricType === 'security_warnings'
  return [
    chosen(request, 'impact_severities', 'impactSeverities'),
    isSecurity
      ? '&impactSoftwareQualities=SECURITY'
      : chosen(request, 'impacted_software_qualities', 'impactSoftwareQualities'),
    isSecurity ? '' : chosen(request, 'clean_code_attribute_categories', 'cleanCodeAttributeCategories'),
    tags.length > 0 ? `&tags=${tags.join(',')}` : '',
  ].join('')
}

function rulesOf({ metricType }: SourceRequest): string {
  return `&rules=${(SONARQUBE_RULES[metricType] ?? []).join(',')}`
}

function issueEntity(issue: JsonObject, { server, key, branch }: Project): Entity {
  const id = requireText(issue, 'key')
  const impacts = objectsIn(issue.impacts).map((impact) =>
    `${textIn(impact, 'severity')} impact on ${textIn(impact, 'softwareQuality')}`.toLowerCase(),
  )
  return {
    key: id,
    message: textIn(issue, 'message'),
    impacts: impacts.join(', '),
    clean_code_attribute_category: textIn(issue, 'cleanCodeAttributeCategory').toLowerCase(),
    component: textIn(issue, 'component'),
    creation_date: textIn(issue, 'creationDate'),
    update_date: textIn(issue, 'updateDate'),
    tags: textsIn(issue.tags).join(', '),
    url: `${server}/project/issues?id=${key}&branch=${branch}&issues=${encodeURIComponent(id)}&open=${encodeURIComponent(id)}`,
  }
}

function pageOf(
  { server, key, branch }: Project,
  page = 'dashboard',
): Pick<SourceFindings, 'apiUrl' | 'landingUrl'> {
  return { apiUrl: server, landingUrl: `${server}/${page}?id=${key}&branch=${branch}` }
}

const readViolations: SourceReader = async (request) => {
  const project = await findProject(request)
  const byRule = SONARQUBE_RULES[request.metricType] !== undefined
  const answer = await project.ask(
    searchPath(request, project, byRule ? rulesOf(request) : filtersOf(request)),
  )
  const entities = distinctEntities(objectsIn(answer.issues).map((issue) => issueEntity(issue, project)))
  const needsTotal = ['complex_units', 'long_units', 'many_parameters'].includes(request.metricType)
  const functions = needsTotal ? (await measuresOf(project, ['functions'])).get('functions') : undefined
  return {
    value: String(totalOf(answer)),
    ...(needsTotal ? { total: String(functions === undefined ? 100 : toCount(functions, 'functions')) } : {}),
    entities,
    ...pageOf(project, 'project/issues'),
  }
}

function totalOf(answer: JsonObject): number {
  const total = answer.total ?? objectIn(answer.paging).total
  if (total === undefined) throw new SourceFailure('parse', 'The answer has no "total".')
  return toCount(total, 'total')
}

const readSuppressed: SourceReader = async (request) => {
  const project = await findProject(request)
  const accepted = '&issueStatuses=ACCEPTED,FALSE_POSITIVE,IN_SANDBOX&additionalFields=comments'
  const [byRule, byStatus, all] = await Promise.all([
    project.ask(searchPath(request, project, rulesOf(request))),
    project.ask(searchPath(request, project, filtersOf(request) + accepted).replace('&resolved=false', '')),
    project.ask(searchPath(request, project, '').replace('&resolved=false', '')),
  ])
  const issues = [...objectsIn(byRule.issues), ...objectsIn(byStatus.issues)]
  const entities = issues.map((issue) => ({
    ...issueEntity(issue, project),
    issue_status: textIn(issue, 'issueStatus').toLowerCase().replaceAll('_', ' '),
    rationale: objectsIn(issue.comments)
      .map((comment) => `${textIn(comment, 'login')}: ${textIn(comment, 'markdown')}`)
      .join('\n'),
  }))
  return {
    value: String(totalOf(byRule) + totalOf(byStatus)),
    total: String(totalOf(all)),
    entities: distinctEntities(entities),
    ...pageOf(project, 'project/issues'),
  }
}

async function measuresOf(
  project: Project,
  metrics: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await project.ask(
    `measures/component?component=${project.key}&branch=${project.branch}&metricKeys=${metrics.join(',')}`,
  )
  const measures = objectsIn(objectIn(answer.component).measures)
  return new Map(measures.map((measure) => [textIn(measure, 'metric'), textIn(measure, 'value')]))
}

function ratioReader(value: string, total: string): SourceReader {
  return async (request) => {
    const project = await findProject(request)
    const measures = await measuresOf(project, [value, total])
    return {
      value: String(toCount(measures.get(value), value)),
      total: String(toCount(measures.get(total) ?? 100, total)),
      ...pageOf(project, 'component_measures'),
    }
  }
}

const readLines: SourceReader = async (request) => {
  const project = await findProject(request)
  if (settingOf(request, 'lines_to_count', 'lines with code') === 'all lines') {
    const lines = (await measuresOf(project, ['lines'])).get('lines')
    return { value: String(toCount(lines, 'lines')), ...pageOf(project, 'component_measures') }
  }
  const distribution = (await measuresOf(project, ['ncloc', 'ncloc_language_distribution'])).get(
    'ncloc_language_distribution',
  )
  const all = (distribution ?? '')
    .split(';')
    .filter((part) => part !== '')
    .map((part) => part.split('='))
  const names = chooseNames(
    all.map(([language = '']) => language),
    { exclude: wordsOf(request, 'languages_to_ignore') },
  )
  const total = all.reduce((sum, [, count]) => sum + toCount(count, 'ncloc'), 0)
  const counted = all.filter(([language = '']) => names.has(language))
  const entities = counted.map(([language = '', count]) => ({
    key: language,
    language,
    ncloc: String(toCount(count, 'ncloc')),
    ncloc_percentage: String(Math.round((100 * toCount(count, 'ncloc')) / Math.max(total, 1))),
  }))
  return {
    value: String(counted.reduce((sum, [, count]) => sum + toCount(count, 'ncloc'), 0)),
    total: String(total),
    entities: distinctEntities(entities),
    ...pageOf(project, 'component_measures'),
  }
}

const readTests: SourceReader = async (request) => {
  const project = await findProject(request)
  const measures = await measuresOf(project, ['tests', 'test_errors', 'test_failures', 'skipped_tests'])
  if (!measures.has('tests')) throw new SourceFailure('parse', 'The project has no measure "tests".')
  const count = (key: string) => toCount(measures.get(key), key)
  const [errored, failed, skipped] = [count('test_errors'), count('test_failures'), count('skipped_tests')]
  const results = new Map([
    ['errored', errored],
    ['failed', failed],
    ['skipped', skipped],
    ['passed', count('tests') - errored - failed - skipped],
  ])
  const wanted = selectedValues('sonarqube', 'test_result', request.parameters)
  const sum = (names: readonly string[]) => names.reduce((part, name) => part + (results.get(name) ?? 0), 0)
  return {
    value: String(sum(wanted)),
    total: String(sum([...results.keys()])),
    ...pageOf(project, 'component_measures'),
  }
}

const readEffort: SourceReader = async (request) => {
  const project = await findProject(request)
  const wanted = selectedValues('sonarqube', 'effort_types', request.parameters)
  const measures = await measuresOf(project, wanted)
  const shown = Object.entries(findSourceType('sonarqube')?.parameters.effort_types?.apiValues ?? {})
  const entities = wanted.map((key) => ({
    key,
    effort_type: shown.find(([, value]) => value === key)?.[0] ?? key,
    effort: String(toCount(measures.get(key), key)),
    url: `${pageOf(project, 'component_measures').landingUrl}&metric=${key}`,
  }))
  return {
    value: String(entities.reduce((sum, { effort }) => sum + Number(effort), 0)),
    entities,
    ...pageOf(project, 'component_measures'),
  }
}

async function latestAnalysis(request: SourceRequest) {
  const project = await findProject(request)
  const path = `project_analyses/search?project=${project.key}&branch=${project.branch}`
  const [latest] = objectsIn((await project.ask(path)).analyses)
  if (!latest) throw new SourceFailure('parse', 'The project has no analysis.')
  return { latest, addresses: pageOf(project, 'project/activity') }
}

const readSoftwareVersion: SourceReader = async (request) => {
  const { latest, addresses } = await latestAnalysis(request)
  return versionFindings([textIn(latest, 'projectVersion')], addresses)
}

const readAge: SourceReader = async (request) => {
  const { latest, addresses } = await latestAnalysis(request)
  return ageFindings(request, [readSourceDate(textIn(latest, 'date'), request.ctx.zone)], addresses)
}

const readVersion: SourceReader = async (request) => {
  const server = serverOf(request)
  const answer = await request.fetch(`${server}/api/v2/analysis/version`, { headers: headersOf(request) })
  // a number of the build may follow
  const version = answer.content.toString('utf8').trim().slice(0, 100)
  return versionFindings([version], { apiUrl: server, landingUrl: server })
}

/** Findings and measures of a project on SonarQube. */
export const sonarqube: SourceReaders = {
  commented_out_code: readViolations,
  complex_units: readViolations,
  duplicated_lines: ratioReader('duplicated_lines', 'lines'),
  loc: readLines,
  long_units: readViolations,
  many_parameters: readViolations,
  remediation_effort: readEffort,
  security_warnings: readViolations,
  software_version: readSoftwareVersion,
  source_up_to_dateness: readAge,
  source_version: readVersion,
  suppressed_violations: readSuppressed,
  tests: readTests,
  todo_and_fixme_comments: readViolations,
  uncovered_branches: ratioReader('uncovered_conditions', 'conditions_to_cover'),
  uncovered_lines: ratioReader('uncovered_lines', 'lines_to_cover'),
  violations: readViolations,
}
