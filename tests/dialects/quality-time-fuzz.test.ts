import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { startSession } from '../../src/modules/access/start-session.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQualitySite, REPORT, SARIF, VIOLATIONS } from '../support/quality-fixture.ts'

let site: Site
let app: App
let cookie: string
beforeAll(async () => {
  site = await openTestSite(await makeSitePlace('sqlite'))
  const { users } = await fillQualitySite(site)
  app = await createApp(site, { demo: false })
  cookie = `session_id=${(await startSession(await asUser(site.base, users.jadoe), site.access)).secret}`
})
afterAll(async () => {
  await app.stop()
  await site.close()
})

const PATHS = [
  ['POST', '/api/v3/login'],
  ['POST', '/api/v3/report/import'],
  ['POST', '/api/v3/report/search'],
  ['POST', '/api/v3/source/search'],
  ['PUT', '/api/v3/settings'],
  ['POST', '/api/v3/reports_overview/attribute/permissions'],
  ['POST', '/api/v3/reports_overview/attribute/layout'],
  ['POST', `/api/v3/report/${REPORT}/attribute/title`],
  ['POST', `/api/v3/report/${REPORT}/attribute/desired_response_times`],
  ['POST', `/api/v3/report/${REPORT}/issue_tracker/issue_labels`],
  ['POST', `/api/v3/report/${REPORT}/tag/security`],
  ['POST', `/api/v3/subject/new/${REPORT}`],
  ['POST', `/api/v3/metric/${VIOLATIONS}/attribute/target`],
  ['POST', `/api/v3/metric/${VIOLATIONS}/attribute/tags`],
  ['POST', `/api/v3/metric/${VIOLATIONS}/attribute/type`],
  ['POST', `/api/v3/metric/${VIOLATIONS}/attribute/position_index`],
  ['POST', `/api/v3/metric/${VIOLATIONS}/debt`],
  ['POST', `/api/v3/source/${SARIF}/parameter/levels`],
  ['POST', `/api/v3/source/${SARIF}/parameter/unheard_of`],
  ['POST', `/api/v3/measurement/${VIOLATIONS}/source/${SARIF}/entity/rule-1/status_end_date`],
  ['POST', `/api/v3/measurement/${VIOLATIONS}/source/${SARIF}/entity/rule-1/rationale`],
] as const

const KEYS = [
  'username',
  'title',
  'subjects',
  'metrics',
  'sources',
  'parameters',
  'type',
  'target',
  'tags',
  'levels',
  'tag',
  'accept_debt',
  'edit_scope',
  'permissions',
  'layout',
  'issue_labels',
  'desired_response_times',
  'status_end_date',
  'rationale',
  'unheard_of',
  'position_index',
  's',
  '1',
  '__proto__',
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('violations', 'software', 'a\0b', '\ud800', '1e999', 'x'.repeat(5000), [
      'wrapped',
      'token',
    ]),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 5 }),
  ),
})).any

it('refuses whatever a client may send without ever failing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PATHS),
      fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 6 }),
      async ([method, url], body) => {
        const answer = await app.server.inject({
          method,
          url,
          headers: { cookie, 'content-type': 'application/json' },
          payload: JSON.stringify(body),
        })
        expect(answer.statusCode, `${method} ${url} ${JSON.stringify(body)} ${answer.body}`).toBeLessThan(500)
      },
    ),
    { numRuns: 400 },
  )
})

it('reads whatever comes in an address', { timeout: 60_000 }, async () => {
  const part = fc.oneof(
    fc.constantFrom(
      'report',
      'metric',
      'pdf',
      'json',
      'search',
      REPORT,
      '..',
      '%00',
      '%zz',
      '<x>',
      'attribute',
    ),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'DELETE'),
      fc.array(part, { maxLength: 5 }),
      fc.string(),
      async (method, parts, query) => {
        const path = parts.map((each) => (each.startsWith('%') ? each : encodeURIComponent(each))).join('/')
        const url = `/api/v3/${path}?report_date=${encodeURIComponent(query)}`
        const answer = await app.server.inject({ method: method as 'GET', url })
        expect(answer.statusCode, `${method} ${url}`).toBeLessThan(500)
      },
    ),
    { numRuns: 300 },
  )
})
