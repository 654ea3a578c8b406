import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { asSystem } from '../../src/context.ts'
import { collectQuality } from '../../src/declared-quality.ts'
import { recordReading } from '../../src/modules/quality/collector/measure-metric.ts'
import { decryptCredential } from '../../src/modules/quality/credential-encryption.ts'
import { objectOf } from '../../src/modules/quality/domain/report-tree.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQualitySite, REPORT, reading, SARIF, VIOLATIONS } from '../support/quality-fixture.ts'

type Running = { readonly site: Site; readonly app: App; readonly origin: string }

async function start(): Promise<Running> {
  const site = await openTestSite(await makeSitePlace('sqlite'))
  await fillQualitySite(site)
  const app = await createApp(site, { demo: false })
  const port = await app.server.listen({ host: '127.0.0.1', port: 0 })
  return { site, app, origin: `http://127.0.0.1:${port}` }
}

/** Logs in as the users' document does, and gives the cookie. */
async function logIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v3/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'jadoe', password: 'secret' }),
  })
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

describe('two running servers', () => {
  let source: Running
  let destination: Running
  beforeAll(async () => {
    source = await start()
    destination = await start()
  })
  afterAll(async () => {
    for (const { app, site } of [source, destination]) {
      await app.stop()
      await site.close()
    }
  })

  it('copy a report, its credentials readable there and nowhere else', async () => {
    const { public_key } = Object(await (await fetch(`${destination.origin}/api/v3/public_key`)).json())
    const exported = await fetch(
      `${source.origin}/api/v3/report/${REPORT}/json?public_key=${encodeURIComponent(public_key).replaceAll('%20', '+')}`,
      { headers: { cookie: await logIn(source.origin) } },
    )
    expect(exported.headers.get('content-type')).toBe('application/json')
    const file = await exported.text()
    expect(file).not.toContain('secret word')
    const [wrapped, token] = Object(JSON.parse(file)).subjects['10'].metrics[VIOLATIONS].sources[SARIF]
      .parameters.password
    expect(wrapped).toHaveLength(684)
    expect(token).toMatch(/^gAAAAA/)

    const post = async ({ origin }: Running) =>
      fetch(`${origin}/api/v3/report/import`, {
        method: 'POST',
        headers: { cookie: await logIn(origin), 'content-type': 'application/json' },
        body: file,
      })
    expect((await post(source)).status).toBe(400)
    const imported = await post(destination)
    expect(imported.status).toBe(200)
    const { new_report_uuid: id } = Object(await imported.json())

    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
    const again = await fetch(
      `${destination.origin}/api/v3/report/${id}/json?public_key=${encodeURIComponent(pem)}`,
      { headers: { cookie: await logIn(destination.origin) } },
    )
    const copy = Object(await again.json())
    const [subject] = Object.values<Record<string, unknown>>(copy.subjects).filter(
      ({ name }) => name === 'Software',
    )
    const [metric] = Object.values(objectOf(subject?.metrics)).map(objectOf)
    const [copied] = Object.values(objectOf(metric?.sources)).map(objectOf)
    const password = objectOf(copied?.parameters).password
    expect(Array.isArray(password) && decryptCredential(privateKey, [password[0], password[1]])).toBe(
      'secret word',
    )
    expect(decryptCredential(privateKey, copy.issue_tracker.parameters.password)).toBe('tracker secret')
  })

  it('tell clients of measurements as they are made', async () => {
    const controller = new AbortController()
    const answer = await fetch(`${source.origin}/api/v3/nr_measurements`, {
      headers: { 'last-event-id': '41' },
      signal: controller.signal,
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = eventsOf(answer)
    expect(await events.next()).toMatchObject({ value: { id: '42', event: 'init', data: '1' } })
    expect((await events.next()).value).toMatchObject({ id: '43', event: 'flush' })
    const ctx = asSystem(source.site.base, 'test')
    await recordReading(ctx, VIOLATIONS, {
      sources: [reading({ value: '3' })],
      issues: [],
      parameterHash: 'second',
    })
    expect((await events.next()).value).toMatchObject({ id: '44', event: 'delta', data: '2' })
    controller.abort()
  })
})

type ServerEvent = Readonly<Record<string, string>>

async function* eventsOf({ body }: Response): AsyncGenerator<ServerEvent> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      yield Object.fromEntries(
        part.split('\n').map((line) => [line.split(': ', 1)[0] ?? '', line.split(': ').slice(1).join(': ')]),
      )
    }
  }
}

describe('the collector of a running server', () => {
  let site: Site
  let files: Server
  beforeAll(async () => {
    site = await openTestSite(await makeSitePlace('sqlite'))
    files = createServer((_request, response) =>
      response.end('<testsuite name="s"><testcase name="a"/></testsuite>'),
    )
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    files.close()
    await site.close()
  })

  it('measures what is due, and does not reach hosts that nobody allowed', async () => {
    const { quality } = await fillQualitySite(site)
    const { importReport } = await import('../../src/modules/quality/import-report.ts')
    const { loadReport } = await import('../../src/modules/quality/load-reports.ts')
    const { metricStates } = await import('../../src/modules/quality/metric-states.ts')
    const { metricsOf } = await import('../../src/modules/quality/domain/report-tree.ts')
    const { parseOrderedJson } = await import('../../src/modules/quality/domain/ordered-json.ts')
    const { readReportFile } = await import('../../src/modules/quality/domain/read-report-file.ts')
    const ctx = asSystem(site.base, 'test')
    const { port } = files.address() as AddressInfo
    const file = `{"title": "Own", "subjects": {"s": {"type": "software", "metrics": {
      "m": {"type": "sentiment", "sources": {"a": {"type": "manual_number", "parameters": {"number": "11"}}}},
      "n": {"type": "tests", "sources": {"b": {"type": "junit", "parameters": {"url": "http://127.0.0.1:${port}/junit.xml"}}}},
      "o": {"type": "issues", "sources": {"c": {"type": "touchstone", "parameters": {"question_issues": "overdue QA"}}}}}}}}`
    const { reportId } = await importReport(ctx, quality, readReportFile(parseOrderedJson(file)))
    await collectQuality(ctx, site, () => [])
    const report = await loadReport(ctx, reportId)
    const metrics = report ? metricsOf(report.tree).map(({ metric }) => metric) : []
    const states = await metricStates(ctx, metrics, { recent: 'none' })
    const [manual, outside, own] = metrics.map(({ id }) => states.get(id)?.latest)
    expect(manual?.scales.count).toMatchObject({ value: '11', status: 'target_met' })
    expect(outside?.sources[0]?.connectionError).toMatch(/TOUCHSTONE_ALLOWED_HOSTS|127\.0\.0\.1/)
    expect(own?.scales.count).toMatchObject({ value: '0', status: 'target_met' })
  })
})
