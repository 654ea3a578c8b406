import { serverOf, settingOf } from '../collector/ask-api.ts'
import { distinctEntities, numberOf, versionFindings, wholeDays } from '../collector/findings.ts'
import { type JsonObject, objectIn, objectsIn, requireText, textIn } from '../collector/json-values.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceFindings,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { daysUntil } from './calendar.ts'
import { boardId, fieldId, type Jira, jiraOf, searchIssues } from './jira-api.ts'

function addressesOf(request: SourceRequest): Pick<SourceFindings, 'apiUrl' | 'landingUrl'> {
  const server = serverOf(request)
  const jql = settingOf(request, 'jql')
  return { apiUrl: server, landingUrl: jql ? `${server}/issues/?jql=${encodeURIComponent(jql)}` : server }
}

/** An issue with its entity; the key is the id, which stays when an issue moves to another project. */
type Issue = { readonly fields: JsonObject; readonly entity: Entity }

async function findIssues(
  request: SourceRequest,
  jira: Jira,
  extraFields: readonly string[] = [],
  sprintField = '',
): Promise<readonly Issue[]> {
  const found = await searchIssues(jira, settingOf(request, 'jql'), [...extraFields, sprintField])
  return found.map((issue) => {
    const fields = objectIn(issue.fields)
    return { fields, entity: issueEntity(issue, fields, jira.server, sprintField) }
  })
}

function issueEntity(issue: JsonObject, fields: JsonObject, server: string, sprintField: string): Entity {
  const key = requireText(issue, 'key')
  return {
    key: requireText(issue, 'id'),
    issue_key: key,
    created: textIn(fields, 'created'),
    updated: textIn(fields, 'updated'),
    status: textIn(objectIn(fields.status), 'name'),
    summary: textIn(fields, 'summary'),
    type: textIn(objectIn(fields.issuetype), 'name'),
    priority: textIn(objectIn(fields.priority), 'name'),
    sprint: sprintField === '' ? '' : sprintNames(fields[sprintField]).join(', '),
    url: `${server}/browse/${encodeURIComponent(key)}`,
  }
}

/** Objects, or texts like `...Sprint@1a[id=1,name=Sprint 1,...]` of older servers. */
function sprintNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((sprint) => {
    const name =
      typeof sprint === 'string' ? /name=([^,\]]*)/.exec(sprint)?.[1] : textIn(objectIn(sprint), 'name')
    return name ? [name] : []
  })
}

function countIssues(issues: readonly Issue[], request: SourceRequest): SourceFindings {
  const entities = distinctEntities(issues.map(({ entity }) => entity))
  return { value: String(entities.length), entities, ...addressesOf(request) }
}

const readIssues: SourceReader = async (request) => {
  const jira = jiraOf(request)
  return countIssues(await findIssues(request, jira, [], await fieldId(jira, 'Sprint')), request)
}

function dateIn(request: SourceRequest, fields: JsonObject, key: string): Date {
  return readSourceDate(textIn(fields, key), request.ctx.zone)
}

const readFailures: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const days = numberOf(request, 'lookback_days', 90)
  const issues = await findIssues(request, jira, [], await fieldId(jira, 'Sprint'))
  const recent = issues.filter(
    ({ fields }) => wholeDays(dateIn(request, fields, 'created'), request.ctx.now()) <= days,
  )
  return countIssues(recent, request)
}

const readTestCases: SourceReader = async (request) =>
  countIssues(await findIssues(request, jiraOf(request)), request)

const readLeadTime: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const days = numberOf(request, 'lookback_days', 90)
  const issues = await findIssues(request, jira, [], await fieldId(jira, 'Sprint'))
  const done = issues.filter(
    ({ fields }) =>
      textIn(objectIn(objectIn(fields.status).statusCategory), 'key') === 'done' &&
      wholeDays(dateIn(request, fields, 'updated'), request.ctx.now()) <= days,
  )
  if (done.length === 0) throw new SourceFailure('parse', 'No issue was finished in the period.')
  const entities = done.map(({ fields, entity }) => ({
    ...entity,
    lead_time: String(wholeDays(dateIn(request, fields, 'created'), dateIn(request, fields, 'updated'))),
  }))
  const sum = entities.reduce((total, { lead_time }) => total + Number(lead_time), 0)
  return {
    value: String(Math.round(sum / entities.length)),
    entities: distinctEntities(entities),
    ...addressesOf(request),
  }
}

/** Sums a field over the issues that have it. */
function sumReader(fieldKey: string, attribute: 'points' | 'duration'): SourceReader {
  return async (request) => {
    const jira = jiraOf(request)
    const field = await fieldId(
      jira,
      settingOf(request, fieldKey, fieldKey === 'story_points_field' ? 'Story Points' : ''),
    )
    const sprint = attribute === 'points' ? await fieldId(jira, 'Sprint') : ''
    const issues = await findIssues(request, jira, [field], sprint)
    const entities = issues.flatMap(({ fields, entity }) => {
      const value = fields[field]
      const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
      return Number.isFinite(number) ? [{ ...entity, [attribute]: String(number) }] : []
    })
    const sum = entities.reduce((total, entity) => total + Number(entity[attribute]), 0)
    return { value: String(Math.round(sum)), entities: distinctEntities(entities), ...addressesOf(request) }
  }
}

const readTestExecution: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const field = await fieldId(jira, settingOf(request, 'manual_test_execution_frequency_field'))
  const usual = numberOf(request, 'manual_test_execution_frequency_default', 21)
  const issues = await findIssues(request, jira, [field, 'comment'])
  const overdue = issues.flatMap(({ fields, entity }) => {
    const tested = lastTest(request, fields)
    const frequency = Number(fields[field] ?? '') || usual
    if (wholeDays(tested, request.ctx.now()) <= frequency) return []
    const day = tested.toISOString().slice(0, 10)
    return [{ ...entity, last_test_date: day, desired_test_frequency: String(Math.round(frequency)) }]
  })
  const entities = distinctEntities(overdue)
  return { value: String(entities.length), entities, ...addressesOf(request) }
}

function lastTest(request: SourceRequest, fields: JsonObject): Date {
  const comments = objectsIn(objectIn(fields.comment).comments)
  const dates = comments.map((comment) => dateIn(request, comment, 'updated').getTime())
  if (dates.length > 0) return new Date(Math.max(...dates))
  return dateIn(request, fields, textIn(fields, 'updated') ? 'updated' : 'created')
}

const readVelocity: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const board = await boardId(jira, settingOf(request, 'board'))
  const chart = objectIn(
    await jira.ask(`greenhopper/1.0/rapid/charts/velocity.json?rapidViewId=${encodeURIComponent(board)}`),
  )
  const kind = settingOf(request, 'velocity_type', 'completed points')
  const sprints = objectsIn(chart.sprints).slice(0, numberOf(request, 'velocity_sprints', 3))
  if (sprints.length === 0) throw new SourceFailure('parse', 'The board has no sprints that were completed.')
  const stats = objectIn(chart.velocityStatEntries)
  const entities = sprints.map((sprint) => {
    const id = requireText(sprint, 'id')
    const points = (name: string) => Number(objectIn(objectIn(stats[id])[name]).value ?? 0) || 0
    const [committed, completed] = [points('estimated'), points('completed')]
    const difference = completed - committed
    const measured =
      kind === 'committed points' ? committed : kind === 'completed points' ? completed : difference
    return {
      key: id,
      name: textIn(sprint, 'name'),
      goal: textIn(sprint, 'goal'),
      points_committed: String(committed),
      points_completed: String(completed),
      points_difference: String(difference),
      points_measured: String(measured),
      url: `${jira.server}/secure/GHGoToBoard.jspa?sprintId=${encodeURIComponent(id)}`,
    }
  })
  const mean =
    entities.reduce((sum, { points_measured }) => sum + Number(points_measured), 0) / entities.length
  const landingUrl = `${jira.server}/secure/RapidBoard.jspa?rapidView=${encodeURIComponent(board)}&view=reporting&chart=velocityChart`
  return {
    value: String(Math.round(mean)),
    entities: distinctEntities(entities),
    apiUrl: jira.server,
    landingUrl,
  }
}

const readTimeRemaining: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const board = await boardId(jira, settingOf(request, 'board'))
  const [sprint] = objectsIn(
    objectIn(await jira.ask(`agile/1.0/board/${encodeURIComponent(board)}/sprint?state=active`)).values,
  )
  if (!sprint) throw new SourceFailure('parse', 'No active sprint found')
  const end = readSourceDate(textIn(sprint, 'endDate'), request.ctx.zone)
  const landingUrl = `${jira.server}/secure/RapidBoard.jspa?rapidView=${encodeURIComponent(board)}`
  return { value: String(daysUntil(end, request.ctx.now())), apiUrl: jira.server, landingUrl }
}

const readVersion: SourceReader = async (request) => {
  const jira = jiraOf(request)
  const info = objectIn(await jira.ask(`api/${jira.version}/serverInfo`))
  return versionFindings([requireText(info, 'version')], { apiUrl: jira.server, landingUrl: jira.server })
}

/** Issues, sprints and boards of Jira. */
export const jira: SourceReaders = {
  average_issue_lead_time: readLeadTime,
  change_failure_rate: readFailures,
  issues: readIssues,
  manual_test_duration: sumReader('manual_test_duration_field', 'duration'),
  manual_test_execution: readTestExecution,
  source_version: readVersion,
  test_cases: readTestCases,
  time_remaining: readTimeRemaining,
  user_story_points: sumReader('story_points_field', 'points'),
  velocity: readVelocity,
}
