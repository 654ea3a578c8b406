import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { createToken } from '../../src/modules/access/create-token.ts'
import { csrfTokenOf } from '../../src/modules/access/session-csrf.ts'
import { startSession } from '../../src/modules/access/start-session.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import { saveView } from '../../src/modules/workspace/save-view.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQaSite, type QaFixture, ROLES, type Role, tokenOf } from '../support/qa-fixture.ts'
import { type Route, routesOf } from '../support/routes-of.ts'
import { type Sent, sentWith } from './requests.ts'

/**
 * Who gets how far on every route: the committed table holds the status for each role. A route that is not in the table
 * fails. `TOUCHSTONE_RECORD_ACCESS=1` writes what was found; read the difference before committing it.
 */
const TABLE = join(import.meta.dirname, 'expected.tsv')

const CALLERS = ['anonymous', 'outsider', 'viewer', 'user', 'reviewer', 'physicist', 'admin'] as const
type Caller = (typeof CALLERS)[number]

/** `-`: no row; `any`: one that everybody of the part may know of; `none`: one that is not there. */
type Case = Route & { readonly row: string; readonly url: string }

const NOBODY = '999999'

/** A file for the first upload test of the fixture, as the documented API and our own want it. */
const FORM = [
  ...Object.entries({
    test_list_id: '5',
    unit_id: '1',
    test_id: '14',
    facts: JSON.stringify({ testListId: 5, unitId: 1, testId: 14 }),
  }).map(([name, value]) => `--line\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  '--line\r\nContent-Disposition: form-data; name="upload"; filename="x.txt"\r\n\r\nx\r\n--line--\r\n',
].join('')

/** Routes that need no log-in, by what they are for. */
const OPEN = [
  /^(GET|DELETE) \/api\/v1\/(openapi\.json|docs|session|meta)$/,
  /^POST \/api\/v1\/(session|set-up|password-reset|link|choose-password)$/,
  // reports that are public show themselves to anybody
  /^GET \/api\/v1\/quality\//,
  // the listing of all routes, which another documented API gives to whoever brings no token
  /^\w+ \/api$/,
  /^\w+ \/api\/(get-token|schema(\/(redoc|swagger-ui))?)$/,
  /^\w+ \/api\/(auth|attachments|comments|contenttypes|faults|parts|qa|servicelog|units)$/,
  /^GET \/(qa|qc|admin)\b/,
]

/** Below these a user without machine QA has nothing to find. */
const MACHINE_QA =
  /^\/(api\/v1\/machine-qa|api\/(qa|units|auth|attachments|comments|contenttypes|faults|parts|servicelog))\//

describe('every route and role', { timeout: 600_000 }, () => {
  let site: Site
  let app: App
  let fixture: QaFixture
  beforeAll(async () => {
    site = await openTestSite(await makeSitePlace('sqlite'))
    fixture = await fillQaSite(site)
    app = await createApp(site, { demo: false })
    await perform()
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
  })

  /** A session, so that there is a result, and a comment on it with a file. */
  async function perform(): Promise<void> {
    const body = {
      unit_test_collection: `/api/qa/unittestcollections/${fixture.assignments.cycle}/`,
      day: 1,
      work_started: '2019-07-25 10:00',
      comment: 'x',
      tests: { door: { value: 1 } },
      attachments: [{ filename: 'x.txt', value: 'x', encoding: 'text' }],
    }
    const answer = await ask('user', 'POST', '/api/qa/testlistinstances/', { body })
    expect(answer.statusCode, answer.body).toBe(201)
  }

  /** With a token where the documented API is asked, with a new session where our own is. */
  async function ask(
    caller: Caller,
    method: string,
    url: string,
    { query, body, isUpload }: Sent = {},
    options: Pick<InjectOptions, 'payloadAsStream'> = {},
  ) {
    const payload = isUpload ? FORM : body === undefined ? undefined : JSON.stringify(body)
    const type = isUpload ? 'multipart/form-data; boundary=line' : 'application/json'
    return app.server.inject({
      ...options,
      method: method as NonNullable<InjectOptions['method']>,
      url: query === undefined ? url : `${url}?${query}`,
      headers: {
        ...(await credentials(caller, url)),
        ...(payload === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
  }

  async function credentials(caller: Caller, url: string): Promise<Record<string, string>> {
    if (caller === 'anonymous') return {}
    if (!url.startsWith('/api/v1/')) return { authorization: `Token ${tokenOf(caller)}` }
    const { secret } = await startSession(await asUser(site.base, fixture.users[caller]), site.access)
    return { cookie: `touchstone_session=${secret}`, 'x-csrf-token': csrfTokenOf(site.access, secret) }
  }

  async function statusOf(caller: Caller, { method, path, url }: Omit<Case, 'row'>): Promise<string> {
    const answer = await ask(caller, method, url, sentWith(method, path), { payloadAsStream: true })
    // a stream of events never ends by itself
    answer.stream().destroy()
    return String(answer.statusCode)
  }

  /** Rows that belong to one user, made anew for every request, since some of those remove them. */
  const OWNED: readonly {
    readonly method: string
    readonly path: string
    readonly make: () => Promise<string>
  }[] = [
    ...['DELETE'].map((method) => ({
      method,
      path: '/api/v1/account/tokens/:id',
      make: async () => {
        const ctx = await asUser(site.base, fixture.users.user)
        const { tokenId } = await createToken(ctx, {
          userId: fixture.users.user,
          name: 'x',
          expiresAt: new Date(Date.now() + 3_600_000),
        })
        return `/api/v1/account/tokens/${tokenId}`
      },
    })),
    {
      method: 'DELETE',
      path: '/api/v1/account/sessions/:id',
      make: async () => {
        const { sessionId } = await startSession(await asUser(site.base, fixture.users.user), site.access)
        return `/api/v1/account/sessions/${sessionId}`
      },
    },
    ...['PATCH', 'DELETE'].map((method) => ({
      method,
      path: '/api/v1/saved-views/:id',
      make: async () => `/api/v1/saved-views/${await viewOfUser()}`,
    })),
    {
      method: 'GET',
      path: '/api/v1/workspace/saved-views/:id',
      make: async () => `/api/v1/workspace/saved-views/${await viewOfUser()}`,
    },
    { method: 'GET', path: '/media/uploads/*', make: async () => (await waitingFile()).url },
    {
      method: 'GET',
      path: '/api/v1/machine-qa/attachments/:id/content',
      make: async () => `/api/v1/machine-qa/attachments/${(await waitingFile()).attachment_id}/content`,
    },
    {
      method: 'GET',
      path: '/api/v1/machine-qa/attachments/:id',
      make: async () => `/api/v1/machine-qa/attachments/${(await waitingFile()).attachment_id}`,
    },
  ]

  async function viewOfUser(): Promise<number> {
    const ctx = await asUser(site.base, fixture.users.user)
    return (await saveView(ctx, { list: 'fixture', name: `view ${Math.random()}`, query: '', shared: false }))
      .id
  }

  async function waitingFile(): Promise<{ readonly url: string; readonly attachment_id: number }> {
    return (await ask('user', 'POST', '/api/qa/upload/', { isUpload: true })).json().attachment
  }

  function casesOf(route: Route): readonly Case[] {
    const filled = (id: string) =>
      route.path
        .replace(':key', 'density')
        .replaceAll(/:\w+/g, id)
        .replace('*', `testlistinstance/1/${id}.txt`) + (hasSlash(route.path) ? '/' : '')
    if (!/[:*]/.test(route.path)) return [{ ...route, row: '-', url: filled('') }]
    const missing = { ...route, row: 'none', url: filled(NOBODY) }
    // existing rows are only read: writing one would change what the next caller finds
    return route.method === 'GET' && !route.path.includes('*')
      ? [{ ...route, row: 'any', url: filled('1') }, missing]
      : [missing]
  }

  it('is answered as the table says', async () => {
    const routes = [...(await routesOf(app.server, 'native')), ...(await routesOf(app.server, 'qatrack'))]
    const found: string[][] = []
    for (const { method, path, row, url } of routes.flatMap(casesOf)) {
      const statuses: string[] = []
      for (const caller of CALLERS) statuses.push(await statusOf(caller, { method, path, url }))
      found.push([method, path, row, ...statuses])
    }
    for (const { method, path, make } of OWNED) {
      const statuses: string[] = []
      for (const caller of CALLERS) statuses.push(await statusOf(caller, { method, path, url: await make() }))
      found.push([method, path, "user's", ...statuses])
    }
    const lines = [['method', 'path', 'row', ...CALLERS], ...found].map((cells) => cells.join('\t'))
    if (process.env.TOUCHSTONE_RECORD_ACCESS === '1') writeFileSync(TABLE, `${lines.join('\n')}\n`)
    const expected = existsSync(TABLE) ? readFileSync(TABLE, 'utf8').trimEnd().split('\n') : []
    expect(
      lines.filter((line) => !expected.includes(line)),
      'answers that the table does not have',
    ).toEqual([])
    expect(
      expected.filter((line) => !lines.includes(line)),
      'lines of the table that nothing answers',
    ).toEqual([])
  })

  it('lets nobody in who has not signed in, and no outsider into machine QA', () => {
    const rows = readFileSync(TABLE, 'utf8').trimEnd().split('\n').slice(1)
    for (const row of rows) {
      const [method = '', path = '', , anonymous, outsider] = row.split('\t')
      const isOpen = OPEN.some((pattern) => pattern.test(`${method} ${path}`))
      if (!isOpen) expect(anonymous, row).toBe('401')
      if (!isOpen && MACHINE_QA.test(path)) expect(outsider, row).toMatch(/^40[34]$/)
    }
  })

  it('shows no route a defect', () => {
    expect(readFileSync(TABLE, 'utf8')).not.toMatch(/\t5\d\d\b/)
  })

  it('knows every role of the fixture', () => {
    expect(CALLERS.filter((caller) => caller !== 'anonymous').toSorted()).toEqual(
      (Object.keys(ROLES) as Role[]).toSorted(),
    )
  })
})

/** The documented API answers with its canonical slash, our own has none. */
function hasSlash(path: string): boolean {
  return path.startsWith('/api/') && !path.startsWith('/api/v1')
}
