import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseOutgoingRules } from '../../../platform/outgoing/outgoing-rules.ts'
import { READERS } from '../collector/readers.ts'
import { createSourceFetch } from '../collector/source-fetch.ts'
import { CATALOGUE } from '../domain/catalogue/catalogue.ts'
import type { Attributes } from '../domain/report-tree.ts'
import { failureOf, readSource } from './testing.ts'

type Answer = unknown | ((request: IncomingMessage) => unknown)
const issue = (id: string, fields: Attributes) => ({
  id,
  key: `DOSE-${id}`,
  fields: {
    summary: 's',
    issuetype: { name: 'Bug' },
    status: { name: 'Open', statusCategory: { key: 'new' } },
    ...fields,
  },
})
const sonarIssue = (key: string) => ({
  key,
  message: 'm',
  component: 'k:a.ts',
  impacts: [{ severity: 'HIGH', softwareQuality: 'SECURITY' }],
  cleanCodeAttributeCategory: 'CONSISTENT',
  issueStatus: 'FALSE_POSITIVE',
  comments: [{ login: 'me', markdown: 'why' }],
  tags: ['a', 'b'],
})
const job = (id: number, name: string, status: string, day: string) => ({
  id,
  name,
  status,
  stage: 'test',
  ref: 'main',
  created_at: `${day}T00:00:00Z`,
  web_url: `https://g/${id}`,
})
const pipeline = (id: number, ref: string, source = 'push') => ({
  id,
  ref,
  source,
  status: 'success',
  created_at: '2026-11-21T10:00:00Z',
  updated_at: `2026-11-21T10:${10 + id}:00Z`,
})
const mergeRequest = (id: number, state: string, upvotes: number, draft = false) => ({
  id: `gid://gitlab/MergeRequest/${id}`,
  state,
  title: 't',
  targetBranch: 'main',
  upvotes,
  downvotes: 0,
  draft,
  approved: id === 1 ? true : null,
})
const metric = (type: string, status: string | null) => ({
  type,
  tags: ['security'],
  sources: { s: { type: 'sonarqube' } },
  status_start: '2026-11-10T00:00:00+00:00',
  recent_measurements: [{ end: '2026-11-20T10:00:00+00:00', count: { status, value: '3' } }],
})

/** The first rule whose words stand in the address answers. */
const ANSWERS: readonly (readonly [string, Answer])[] = [
  ['/api/components/show?component=gone', { errors: [{ msg: "Component key 'gone' not found" }] }],
  ['/api/components/show', {}],
  ['issueStatuses=ACCEPTED', { total: 2, issues: [sonarIssue('d'), sonarIssue('e')] }],
  ['rules=c:NoSonar', { total: 1, issues: [sonarIssue('c')] }],
  ['rules=abap:S125', { total: 7, issues: [] }],
  ['rules=abap:S1541', { total: 4, issues: [sonarIssue('f')] }],
  ['impactSoftwareQualities=SECURITY', { total: 3, issues: [sonarIssue('g')] }],
  ['/api/issues/search', { total: 300, issues: [sonarIssue('a'), sonarIssue('b')] }],
  [
    '/api/measures/component',
    {
      component: {
        measures: [
          { metric: 'lines', value: '100' },
          { metric: 'duplicated_lines', value: '9' },
          { metric: 'functions', value: '50' },
          { metric: 'ncloc_language_distribution', value: 'java=80;xml=20' },
          { metric: 'uncovered_lines', value: '5' },
          { metric: 'tests', value: '10' },
          { metric: 'test_failures', value: '2' },
          { metric: 'sqale_index', value: '30' },
        ],
      },
    },
  ],
  [
    '/api/project_analyses/search',
    { analyses: [{ projectVersion: '1.2', date: '2026-11-20T08:00:00+0000' }] },
  ],
  ['/api/v2/analysis/version', () => '10.6.0.92116'],
  ['/api/v4/projects/team%2Fdose/jobs?per_page=100&page=2', [job(4, 'old', 'failed', '2020-01-01')]],
  [
    '/api/v4/projects/team%2Fdose/jobs',
    [
      job(1, 'build', 'failed', '2026-11-20'),
      job(2, 'build', 'success', '2026-11-19'),
      job(3, 'lint', 'success', '2026-11-01'),
    ],
  ],
  ['/pipeline_schedules/9/pipelines', [{ id: 2 }]],
  ['/pipeline_schedules', [{ id: 9, description: 'nightly' }]],
  ['/pipelines/', { duration: 120 }],
  ['/pipelines?', [pipeline(1, 'main'), pipeline(2, 'main', 'schedule'), pipeline(3, 'other')]],
  [
    '/api/graphql',
    {
      data: {
        project: {
          mergeRequests: {
            count: 3,
            pageInfo: { hasNextPage: false },
            nodes: [
              mergeRequest(1, 'opened', 0),
              mergeRequest(2, 'opened', 2, true),
              mergeRequest(3, 'merged', 0),
            ],
          },
        },
      },
    },
  ],
  ['/groups/lab/projects', [{ path_with_namespace: 'lab/a' }]],
  ['/groups/lab', { id: 1 }],
  [
    '/repository/branches',
    [
      { name: 'main', default: true, merged: false, commit: { committed_date: '2020-01-01T00:00:00Z' } },
      { name: 'old/x', default: false, merged: true, commit: { committed_date: '2026-10-01T00:00:00Z' } },
      { name: 'new', default: false, merged: false, commit: { committed_date: '2026-11-22T00:00:00Z' } },
    ],
  ],
  ['/repository/files/', () => ''],
  ['/repository/commits/c1', { committed_date: '2026-11-12T10:00:00Z' }],
  ['/api/v4/version', { version: '17.4.0-ee' }],
  [
    '/rest/api/2/field',
    [
      { id: 'customfield_1', name: 'Story Points' },
      { id: 'customfield_2', name: 'Sprint' },
      { id: 'customfield_3', name: 'Duration' },
    ],
  ],
  ['/mypreferences', () => '2'],
  [
    'startAt=2',
    {
      total: 3,
      issues: [
        issue('3', { created: '2020-01-01T00:00:00.000+0000', updated: '2026-11-01T00:00:00.000+0000' }),
      ],
    },
  ],
  [
    '/rest/api/2/search',
    {
      total: 3,
      issues: [
        issue('1', {
          created: '2026-11-01T00:00:00.000+0000',
          updated: '2026-11-11T00:00:00.000+0000',
          customfield_1: 5,
          customfield_2: ['x.Sprint@1[id=1,name=Sprint 1,goal=]'],
          customfield_3: '7.4',
          status: { name: 'Done', statusCategory: { key: 'done' } },
        }),
        issue('2', {
          created: '2026-11-02T00:00:00.000+0000',
          updated: '2026-11-20T00:00:00.000+0000',
          customfield_1: 2.5,
          comment: { comments: [{ updated: '2026-10-01T00:00:00.000+0000' }] },
        }),
      ],
    },
  ],
  ['nextPageToken=t2', { isLast: true, issues: [issue('2', {})] }],
  ['/rest/api/3/search/jql', { nextPageToken: 't2', issues: [issue('1', {})] }],
  ['/rest/api/3/', []],
  ['/rest/api/2/serverInfo', { version: '9.12.1' }],
  ['/rest/agile/1.0/board/8/sprint', { values: [{ endDate: '2026-11-24T10:00:00.000Z' }] }],
  ['/rest/agile/1.0/board', { isLast: true, values: [{ id: 8, name: 'Dose' }] }],
  [
    'velocity.json',
    {
      sprints: [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
      velocityStatEntries: {
        1: { estimated: { value: 10 }, completed: { value: 8 } },
        2: { estimated: { value: 6 }, completed: { value: 7 } },
      },
    },
  ],
  [
    '/api/internal/report',
    {
      reports: [
        {
          report_uuid: 'r1',
          title: 'R',
          subjects: {
            s1: {
              type: 'software',
              metrics: { m1: metric('violations', 'target_not_met'), m2: metric('loc', null) },
            },
          },
        },
        { report_uuid: 'r2', title: 'Other', subjects: {} },
      ],
    },
  ],
  [
    '/api/internal/datamodel',
    {
      subjects: { software: { name: 'Software', metrics: ['loc', 'violations', 'tests'] } },
      metrics: { tests: { name: 'Tests', sources: ['junit'] } },
      sources: { junit: { name: 'JUnit XML report' } },
    },
  ],
  ['/api/v3/server', { version: 'v5.58.0' }],
]

let server: Server
let base = ''
const seen: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = []

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Servers that do harm, or that save work. */
const BEHAVIOURS: Readonly<Record<string, Handler>> = {
  '/inward': (_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/endless': (_request, response) => {
    const write = () => void (response.destroyed || response.write('x'.repeat(65_536), write))
    response.writeHead(200)
    write()
  },
  '/silent': (_request, response) => response.writeHead(200).write('<'),
  '/failing': (_request, response) => response.writeHead(503).end('busy'),
  '/marked': ({ headers }, response) => {
    const isKnown = headers['if-none-match'] === '"1"'
    response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? undefined : '<testsuite/>')
  },
}

const playApi: Handler = (request, response) => {
  const url = request.url ?? ''
  const found = ANSWERS.find(([words]) => url.includes(words))
  if (!found || url.includes('nothing')) return response.writeHead(404).end('{}')
  const answer = found[1]
  if (/\/jobs(?!.*page=2)/.test(url)) response.setHeader('link', `<${base}${url}&page=2>; rel="next"`)
  if (url.includes('/repository/files/')) response.setHeader('x-gitlab-last-commit-id', 'c1')
  return response.end(typeof answer === 'function' ? String(answer(request)) : JSON.stringify(answer))
}

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    const handle = BEHAVIOURS[request.url ?? ''] ?? playApi
    handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const { rules: RULES } = parseOutgoingRules([], { allowLoopback: true })
const limits = { timeoutMs: 5000, maxBytes: 1_000_000 }

function read(source: string, metricType: string, parameters: Attributes = {}, given = limits) {
  const fetch = createSourceFetch(RULES, given)
  return readSource(
    source,
    metricType,
    {
      url: `${base}/`,
      private_token: 'secret',
      component: 'k',
      project: 'team/dose',
      project_or_group: 'team/dose',
      jql: 'project=DOSE',
      board: 'dose',
      manual_test_duration_field: 'duration',
      ...parameters,
    },
    fetch,
  )
}

describe('sources with an API', () => {
  it.each([
    ['sonarqube', 'violations', {}, '300', undefined, ['a', 'b']],
    ['sonarqube', 'security_warnings', {}, '3', undefined, ['g']],
    ['sonarqube', 'commented_out_code', {}, '7', undefined, []],
    ['sonarqube', 'complex_units', {}, '4', '50', ['f']],
    ['sonarqube', 'suppressed_violations', {}, '3', '300', ['c', 'd', 'e']],
    ['sonarqube', 'duplicated_lines', {}, '9', '100', undefined],
    ['sonarqube', 'uncovered_lines', {}, '5', '100', undefined],
    ['sonarqube', 'uncovered_branches', {}, '0', '100', undefined],
    ['sonarqube', 'loc', { languages_to_ignore: ['xml'] }, '80', '100', ['java']],
    ['sonarqube', 'loc', { lines_to_count: 'all lines' }, '100', undefined, undefined],
    ['sonarqube', 'tests', { test_result: ['passed'] }, '8', '10', undefined],
    [
      'sonarqube',
      'remediation_effort',
      { effort_types: ['effort to fix all code smells'] },
      '30',
      undefined,
      ['sqale_index'],
    ],
    ['sonarqube', 'software_version', {}, '1.2', undefined, undefined],
    ['sonarqube', 'source_up_to_dateness', {}, '2', undefined, undefined],
    ['sonarqube', 'source_version', {}, '10.6.0.92116', undefined, undefined],
    ['gitlab', 'failed_jobs', {}, '1', '3', ['1']],
    ['gitlab', 'unused_jobs', { inactive_job_days: '10' }, '1', '3', ['3']],
    ['gitlab', 'job_runs_within_time_period', { result_type: ['success'] }, '2', '3', ['2', '3']],
    ['gitlab', 'change_failure_rate', { jobs_to_include: ['lint'] }, '1', '1', ['3']],
    ['gitlab', 'pipelines', {}, '3', undefined, ['1', '2', '3']],
    [
      'gitlab',
      'pipelines',
      { only_include_most_recent_pipeline_per_branch: 'yes' },
      '2',
      undefined,
      ['1', '3'],
    ],
    ['gitlab', 'pipelines', { pipeline_schedules_to_include: ['night.*'] }, '1', undefined, ['2']],
    ['gitlab', 'pipeline_duration', { branches: ['main'] }, '12', undefined, ['1', '2']],
    [
      'gitlab',
      'pipeline_duration',
      { exclude_idle_time_from_pipeline_duration: 'yes' },
      '2',
      undefined,
      ['1', '2', '3'],
    ],
    ['gitlab', 'pipeline_duration', { pipeline_selection: 'average' }, '12', undefined, ['1', '2', '3']],
    [
      'gitlab',
      'merge_requests',
      { merge_request_state: ['opened'], upvotes: '1' },
      '1',
      '3',
      ['gid:--gitlab-MergeRequest-1'],
    ],
    [
      'gitlab',
      'merge_requests',
      { ignore_draft_merge_requests: 'yes', approval_state: ['unknown'] },
      '1',
      '3',
      ['gid:--gitlab-MergeRequest-3'],
    ],
    ['gitlab', 'inactive_branches', {}, '1', '3', ['old-x']],
    ['gitlab', 'inactive_branches', { project_or_group: 'lab' }, '1', '3', ['lab-a:old-x']],
    ['gitlab', 'inactive_branches', { branch_merge_status: ['unmerged'] }, '0', '3', []],
    ['gitlab', 'source_up_to_dateness', { file_path: 'docs/a.md' }, '10', undefined, undefined],
    ['gitlab', 'source_up_to_dateness', {}, '0', undefined, undefined],
    ['gitlab', 'source_version', {}, '17.4.0', undefined, undefined],
    ['jira', 'issues', {}, '3', undefined, ['1', '2', '3']],
    ['jira', 'issues', { api_version: 'v3' }, '2', undefined, ['1', '2']],
    ['jira', 'change_failure_rate', {}, '2', undefined, ['1', '2']],
    ['jira', 'average_issue_lead_time', {}, '10', undefined, ['1']],
    ['jira', 'user_story_points', {}, '8', undefined, ['1', '2']],
    ['jira', 'manual_test_duration', {}, '7', undefined, ['1']],
    ['jira', 'manual_test_execution', {}, '1', undefined, ['2']],
    ['jira', 'velocity', {}, '8', undefined, ['1', '2']],
    ['jira', 'velocity', { velocity_type: 'committed points' }, '8', undefined, ['1', '2']],
    [
      'jira',
      'velocity',
      { velocity_type: 'completed points minus committed points', velocity_sprints: '1' },
      '-2',
      undefined,
      ['1'],
    ],
    ['jira', 'time_remaining', {}, '3', undefined, undefined],
    ['jira', 'source_version', {}, '9.12.1', undefined, undefined],
    ['quality_time', 'metrics', {}, '2', '2', ['m1', 'm2']],
    [
      'quality_time',
      'metrics',
      { status: ['target not met (red)'], min_status_duration: '12' },
      '1',
      '2',
      ['m1'],
    ],
    ['quality_time', 'metrics', { metric_type: ['Violations'], min_status_duration: '13' }, '0', '1', []],
    ['quality_time', 'missing_metrics', {}, '1', '3', ['r1:s1:tests']],
    ['quality_time', 'missing_metrics', { source_types_to_ignore: ['JUnit XML report'] }, '0', '3', []],
    ['quality_time', 'source_up_to_dateness', { reports: ['R'] }, '2', undefined, undefined],
    ['quality_time', 'source_version', {}, '5.58.0', undefined, undefined],
  ])('%s gives %s with %j', async (source, metricType, parameters, value, total, keys) => {
    const found = await read(source, metricType, parameters)
    expect([found.value, found.total, found.entities?.map(({ key }) => key)]).toEqual([value, total, keys])
  })

  it('log in each in its own way', async () => {
    const headersOf = async (source: string, metricType: string, parameters: Attributes) => {
      seen.length = 0
      await read(source, metricType, parameters)
      return seen.map(({ headers }) => headers.authorization ?? headers['private-token'])[0]
    }
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    expect(await headersOf('sonarqube', 'source_version', {})).toBe(basic('secret:'))
    expect(await headersOf('gitlab', 'source_version', {})).toBe('secret')
    expect(await headersOf('jira', 'source_version', {})).toBe('Bearer secret')
    expect(
      await headersOf('jira', 'source_version', { private_token: '', username: 'me', password: 'x' }),
    ).toBe(basic('me:x'))
    expect(await headersOf('quality_time', 'source_version', {})).toBe(undefined)
  })

  it.each([
    ['sonarqube', 'violations', { component: 'gone' }, "connection: Component key 'gone' not found"],
    ['gitlab', 'failed_jobs', { project: 'nothing' }, 'connection: The source answered with status 404.'],
    ['gitlab', 'pipeline_duration', { branches: ['none'] }, 'parse: No pipelines found with given filter(s)'],
    ['jira', 'velocity', { board: 'none' }, 'parse: Could not find a Jira board with id or name "none"'],
    ['jira', 'issues', { url: '' }, 'connection: No address is configured.'],
    ['quality_time', 'metrics', { reports: ['none'] }, 'parse: No report has one of the chosen titles.'],
  ])('%s says why %s cannot be read', async (source, metricType, parameters, expected) => {
    expect(await failureOf(read(source, metricType, parameters))).toBe(expected)
  })

  it.each(['sonarqube', 'gitlab', 'jira', 'quality_time'])(
    '%s is read for every metric of the catalogue',
    (source) => {
      expect(Object.keys(READERS[source] ?? {}).toSorted()).toEqual(
        [...(CATALOGUE.sources[source]?.metrics ?? [])].toSorted(),
      )
    },
  )

  it.each([
    ['/inward', /^connection: /],
    ['/endless', /^connection: /],
    ['/silent', /^connection: /],
    ['/failing', /^connection: The source answered with status 503\.$/],
  ])('end %s as the error of the source', async (path, expected) => {
    const reading = read(
      'junit',
      'tests',
      { url: `${base}${path}` },
      { timeoutMs: 1000, maxBytes: 1_000_000 },
    )
    expect(await failureOf(reading)).toMatch(expected)
  })

  it('are asked only for what changed', async () => {
    seen.length = 0
    for (const _round of [1, 2])
      expect(await read('junit', 'tests', { url: `${base}/marked` })).toMatchObject({ value: '0' })
    expect(seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"'])
  })
})
