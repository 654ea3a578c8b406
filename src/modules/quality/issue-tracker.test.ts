import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { ACCESS_TEST_MIGRATIONS } from '../access/testing.ts'
import { changeIssueTracker } from './change-report-parts.ts'
import { createIssue, suggestIssues, trackerOptions } from './issue-tracker.ts'
import { createQuality } from './store/migrations/0001-create.ts'
import { firstMetric, makeQualityFixture, makeTestReport, treeOf } from './testing.ts'

const ANSWERS: Readonly<Record<string, unknown>> = {
  'GET /rest/api/2/project': [{ key: 'QA', name: 'Quality' }],
  'GET /rest/api/2/issue/createmeta/QA/issuetypes': {
    values: [
      { id: '1', name: 'Task' },
      { id: '2', name: 'Sub', subtask: true },
    ],
  },
  'GET /rest/api/2/issue/createmeta/QA/issuetypes/1': { values: [{ fieldId: 'labels', name: 'Labels' }] },
  'GET /rest/api/2/search': { issues: [{ key: 'QA-7', fields: { summary: 'Seven' } }] },
  'POST /rest/api/2/issue': { key: 'QA-8' },
}

let tracker: Server
const asked: { readonly path: string; readonly authorization: string | undefined; readonly body: string }[] =
  []
beforeAll(async () => {
  tracker = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const [path = ''] = (request.url ?? '').split('?')
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
    const answer = ANSWERS[`${request.method} ${path}`]
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void tracker.close())

forEachDatabase('the issue tracker of a report', [...ACCESS_TEST_MIGRATIONS, createQuality], (open) => {
  async function setUp(url?: string) {
    const fixture = await makeQualityFixture(await open())
    const tree = await makeTestReport(fixture)
    const { editor, quality } = fixture
    const set = (attribute: string, value: unknown) =>
      changeIssueTracker(editor, quality, { reportId: tree.id, attribute, value })
    await set('url', url ?? `http://127.0.0.1:${(tracker.address() as AddressInfo).port}/`)
    for (const [attribute, value] of [
      ['project_key', 'QA'],
      ['issue_type', 'Task'],
      ['private_token', 'secret'],
      ['issue_labels', ['a b']],
    ])
      await set(String(attribute), value)
    return { ...fixture, tree, set }
  }

  it('offers what can be chosen', async () => {
    const { editor, quality, tree } = await setUp()
    expect(await trackerOptions(editor, quality, tree.id)).toEqual({
      projects: [{ key: 'QA', name: 'Quality' }],
      issueTypes: [{ key: '1', name: 'Task' }],
      fields: [{ key: 'labels', name: 'Labels' }],
      epics: [{ key: 'QA-7', name: 'Seven' }],
    })
    const suggestions = await suggestIssues(editor, quality, { reportId: tree.id, text: 'se\'ven"' })
    expect(suggestions).toEqual([{ key: 'QA-7', text: 'Seven' }])
    expect(decodeURIComponent(asked.at(-1)?.path ?? '')).toContain(
      "jql=summary~'seven~10' order by updated desc",
    )
    expect(asked.at(-1)?.authorization).toBe('Bearer secret')
  })

  it('takes an issue about a metric, whose key the metric keeps', async () => {
    const { editor, quality, tree } = await setUp()
    const metricId = firstMetric(tree).id
    const made = await createIssue(editor, quality, { metricId, metricUrl: 'https://qa.example.org/m' })
    expect(made).toEqual({ url: expect.stringMatching(/\/browse\/QA-8$/) })
    const sent = JSON.parse(asked.at(-1)?.body ?? '')
    expect(sent.fields).toMatchObject({
      project: { key: 'QA' },
      issuetype: { name: 'Task' },
      labels: ['a_b'],
      summary: 'Fix unknown violations from sarif_json',
    })
    expect(firstMetric(await treeOf(editor, tree.id)).attributes.issue_ids).toEqual(['QA-8'])
  })

  it('says what is missing, and offers nothing where it cannot be reached', async () => {
    const { editor, quality, tree, set } = await setUp('http://127.0.0.1:1')
    expect(await trackerOptions(editor, quality, tree.id)).toEqual({
      projects: [],
      issueTypes: [],
      fields: [],
      epics: [],
    })
    const metricId = firstMetric(tree).id
    expect(await createIssue(editor, quality, { metricId, metricUrl: '' })).toEqual({
      problem: expect.stringContaining('127.0.0.1'),
    })
    await set('url', '')
    expect(await createIssue(editor, quality, { metricId, metricUrl: '' })).toEqual({
      problem: 'Issue tracker has no URL configured.',
    })
  })
})
