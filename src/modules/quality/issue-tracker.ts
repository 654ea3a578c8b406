import { type Context, requirePermission } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { guardedFetch } from '../../platform/outgoing/guarded-fetch.ts'
import { applyChanges, withAttributes } from './apply-changes.ts'
import { requireEditor } from './author.ts'
import { isObject, parseJson } from './collector/parse-json.ts'
import { SourceFailure } from './collector/source-reader.ts'
import { readMetric, unitOf } from './domain/metric.ts'
import { type Attributes, objectOf, textOf, textsOf } from './domain/report-tree.ts'
import { describePlace, nameOf } from './item-names.ts'
import { latestMeasurement } from './measure-again.ts'
import { QUALITY_ACCESS } from './permissions.ts'
import { atPlace, findPlace, idsOf, metricWithSources, type Place } from './place.ts'
import type { Quality } from './quality.ts'
import { openValue } from './sealed-parameters.ts'

const TIMEOUT_MS = 20_000
const MOST_BYTES = 10 * 2 ** 20
const MOST_SUGGESTIONS = 20

/** The tracker of a report with its secrets opened. */
type Tracker = {
  readonly url: string
  readonly version: '2' | '3'
  readonly projectKey: string
  readonly issueType: string
  readonly labels: readonly string[]
  readonly epicLink: string
  readonly headers: Readonly<Record<string, string>>
}

function trackerOf({ attributes }: { readonly attributes: Attributes }, { access }: Quality): Tracker {
  const parameters = objectOf(objectOf(attributes.issue_tracker).parameters)
  const opened = (key: string) => String(openValue(access.keys, parameters[key]) ?? '')
  const [token, username, password] = ['private_token', 'username', 'password'].map(opened)
  const basic = Buffer.from(`${username}:${password}`).toString('base64')
  const authorization = token ? `Bearer ${token}` : username || password ? `Basic ${basic}` : undefined
  return {
    url: opened('url').replace(/\/+$/, ''),
    version: /3/.test(opened('api_version')) ? '3' : '2',
    projectKey: opened('project_key'),
    issueType: opened('issue_type'),
    labels: textsOf(parameters, 'issue_labels'),
    epicLink: opened('epic_link'),
    headers: { accept: 'application/json', ...(authorization ? { authorization } : {}) },
  }
}

async function ask({ outgoing }: Quality, tracker: Tracker, path: string, body?: unknown): Promise<unknown> {
  const answer = await guardedFetch(`${tracker.url}/rest/api/${tracker.version}/${path}`, {
    rules: outgoing,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    ...(body === undefined
      ? { headers: tracker.headers }
      : {
          method: 'POST',
          headers: { ...tracker.headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  })
  if (answer.status < 200 || answer.status > 299)
    throw new SourceFailure('connection', `The issue tracker answered with status ${answer.status}.`)
  return parseJson(answer.body)
}

/** What the tracker says, or nothing where it cannot be reached. */
async function askOrNothing(quality: Quality, tracker: Tracker, path: string): Promise<unknown> {
  if (tracker.url === '') return undefined
  try {
    return await ask(quality, tracker, path)
  } catch (error) {
    if (error instanceof SourceFailure || error instanceof RefusedError) return undefined
    throw error
  }
}

export type Choice = { readonly key: string; readonly name: string }
export type TrackerOptions = {
  readonly projects: readonly Choice[]
  readonly issueTypes: readonly Choice[]
  readonly fields: readonly Choice[]
  readonly epics: readonly Choice[]
}

/** What can be chosen for new issues; empty lists where the tracker cannot be reached. */
export async function trackerOptions(
  ctx: Context,
  quality: Quality,
  reportId: string,
): Promise<TrackerOptions> {
  // asked with the credentials of the report: not for everybody
  requirePermission(ctx, QUALITY_ACCESS)
  const { report } = await findPlace(ctx, 'report', reportId)
  const tracker = trackerOf(report, quality)
  const project = encodeURIComponent(tracker.projectKey)
  const [projects, types] = await Promise.all([
    askOrNothing(quality, tracker, 'project'),
    tracker.projectKey ? askOrNothing(quality, tracker, `issue/createmeta/${project}/issuetypes`) : undefined,
  ])
  const issueTypes = listIn(types, ['values', 'issueTypes']).filter(({ subtask }) => subtask !== true)
  const chosen = issueTypes.find(({ name }) => name === tracker.issueType)
  const [fields, epics] = await Promise.all([
    chosen
      ? askOrNothing(
          quality,
          tracker,
          `issue/createmeta/${project}/issuetypes/${encodeURIComponent(String(chosen.id))}`,
        )
      : undefined,
    tracker.projectKey
      ? askOrNothing(
          quality,
          tracker,
          `search?jql=${encodeURIComponent('type=epic and not status=done')}&fields=summary&maxResults=100`,
        )
      : undefined,
  ])
  return {
    projects: choices(listIn(projects, []), 'key', 'name'),
    issueTypes: choices(issueTypes, 'id', 'name'),
    fields: choices(listIn(fields, ['values', 'fields']), 'fieldId', 'name'),
    epics: listIn(epics, ['issues']).map((issue) => ({
      key: String(issue.key ?? ''),
      name: textOf(objectOf(issue.fields), 'summary') ?? '',
    })),
  }
}

function listIn(answer: unknown, keys: readonly string[]): readonly Attributes[] {
  const lists = Array.isArray(answer)
    ? [answer]
    : keys.map((key) => (isObject(answer) ? answer[key] : undefined))
  const found = lists.find((list): list is unknown[] => Array.isArray(list)) ?? []
  return found.map(objectOf)
}

function choices(list: readonly Attributes[], key: string, name: string): readonly Choice[] {
  return list.map((each) => ({ key: textOf(each, key) ?? '', name: textOf(each, name) ?? '' }))
}

/** Issues whose summary is like a text; none where the tracker cannot be reached. */
export async function suggestIssues(
  ctx: Context,
  quality: Quality,
  { reportId, text }: { readonly reportId: string; readonly text: string },
): Promise<readonly { readonly key: string; readonly text: string }[]> {
  requirePermission(ctx, QUALITY_ACCESS)
  const { report } = await findPlace(ctx, 'report', reportId)
  const words = text.replaceAll(/[^\p{L}\p{N} ]/gu, '').slice(0, 200)
  const jql = `summary~'${words}~10' order by updated desc`
  const path = `search?jql=${encodeURIComponent(jql)}&fields=summary&maxResults=${MOST_SUGGESTIONS}`
  const found = await askOrNothing(quality, trackerOf(report, quality), path)
  return listIn(found, ['issues'])
    .slice(0, MOST_SUGGESTIONS)
    .map((issue) => ({ key: String(issue.key ?? ''), text: textOf(objectOf(issue.fields), 'summary') ?? '' }))
}

export type CreatedIssue = { readonly url: string } | { readonly problem: string }

/**
 * Makes an issue about a metric and adds its key to those of the metric.
 *
 * @param metricUrl where the metric is seen
 */
export async function createIssue(
  ctx: Context,
  quality: Quality,
  { metricId, metricUrl }: { readonly metricId: string; readonly metricUrl: string },
): Promise<CreatedIssue> {
  await requireEditor(ctx, quality, 'edit_reports')
  const place = await findPlace(ctx, 'metric', metricId)
  const tracker = trackerOf(place.report, quality)
  const missing = missingOf(tracker)
  if (missing) return { problem: `Issue tracker has no ${missing} configured.` }
  const key = await keyOfNewIssue(quality, tracker, await fieldsOf(ctx, tracker, place, metricUrl))
  if (typeof key !== 'string') return key
  await addIssue(ctx, quality, metricId, key)
  return { url: `${tracker.url}/browse/${key}` }
}

function missingOf({ url, projectKey, issueType }: Tracker): string | undefined {
  if (url === '') return 'URL'
  if (projectKey === '') return 'project key'
  return issueType === '' ? 'issue type' : undefined
}

async function keyOfNewIssue(
  quality: Quality,
  tracker: Tracker,
  fields: Attributes,
): Promise<string | { readonly problem: string }> {
  try {
    const made = await ask(quality, tracker, 'issue', { fields })
    return textOf(objectOf(made), 'key') ?? { problem: 'The issue tracker gave no key.' }
  } catch (error) {
    if (error instanceof SourceFailure || error instanceof RefusedError) return { problem: error.message }
    throw error
  }
}

async function fieldsOf(
  ctx: Context,
  tracker: Tracker,
  place: Place,
  metricUrl: string,
): Promise<Attributes> {
  const metric = readMetric(place.item)
  const value = (await latestMeasurement(ctx, place.item.id))?.scales[metric.scale]?.value ?? 'unknown'
  const { sources } = await metricWithSources(ctx, place.item)
  const names = sources
    .map(({ attributes }) => textOf(attributes, 'name') || textOf(attributes, 'type'))
    .join(', ')
  const percent = metric.scale === 'percentage' ? '%' : ''
  const summary = `Fix ${value}${percent} ${unitOf(metric, value)} from ${names}`
  const text = `The metric ${nameOf(place.item)} (${metricUrl}) needs attention: ${value}${percent} ${unitOf(metric, value)} from ${names}.`
  return {
    project: { key: tracker.projectKey },
    issuetype: { name: tracker.issueType },
    summary,
    description:
      tracker.version === '2'
        ? text
        : { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    ...(tracker.labels.length > 0
      ? { labels: tracker.labels.map((label) => label.replaceAll(' ', '_')) }
      : {}),
    ...(tracker.epicLink ? { parent: { key: tracker.epicLink } } : {}),
  }
}

function addIssue(ctx: Context, quality: Quality, metricId: string, key: string): Promise<void> {
  return atPlace(ctx, 'metric', metricId, async (tx, place) => {
    const before = textsOf(place.item.attributes, 'issue_ids')
    const issue_ids = [...new Set([...before, key])].sort()
    const fact = {
      action: 'change-metric',
      itemId: metricId,
      text: ` added the issue '${key}' to ${describePlace(place)}.`,
      around: idsOf(place),
      before: { issue_ids: before },
      after: { issue_ids },
      reportIds: [place.report.id],
    }
    await applyChanges(tx, quality, fact, [withAttributes(place.item, { issue_ids })])
  })
}
