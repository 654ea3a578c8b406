import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import type { CredentialKind } from '../../core/actor.ts'
import { ANONYMOUS } from '../../core/actor.ts'
import { createCatalogue } from '../records/catalogue.ts'
import { routeBothSpellings } from './both-spellings.ts'
import { createServer, type HttpServer } from './create-server.ts'
import { type Dialect, dialectPart, type Part } from './dialect.ts'
import { createMetrics } from './metrics.ts'
import { operationsPart, type Readiness } from './operations.ts'
import { webApplicationPart } from './web-application.ts'

/** A context whose database and files are never asked. */
const CONTEXT = {
  catalogue: createCatalogue([]),
  recordHooks: new Map(),
  actor: ANONYMOUS,
  origin: { requestId: 'none', credential: 'none' },
  zone: 'UTC',
  inTransaction: false,
  now: () => new Date(),
} as unknown as Context

/** A dialect below `/<name>`, loaded when it is asked. */
function partOf(name: string): Part {
  const owns = (path: string): boolean => path === `/${name}` || path.startsWith(`/${name}/`)
  return dialectPart(name, owns, async () => dialectOf(name))
}

/** Says its name whenever it refuses; the header `x-as` stands for a credential. */
function dialectOf(name: string): Dialect {
  return {
    refuse: (_request, reply, failure) => {
      const code = failure.kind === 'no-route' ? 404 : statusOf(failure.error)
      return reply.code(code).send({ by: name, kind: failure.kind })
    },
    plugin: async (app, { mount }) => {
      app.addHook('onRequest', async (request) => {
        const credential = (request.headers['x-as'] ?? 'none') as CredentialKind
        request.ctx = { ...request.ctx, origin: { ...request.ctx.origin, credential } }
      })
      routeBothSpellings(app, {
        method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        url: `/${name}/things/`,
        handler: async (request) => ({ by: name, mount, id: request.id, body: request.body ?? null }),
      })
      app.get(`/${name}/writing`, { config: { writesByGet: true } }, async () => ({ by: name }))
      app.get(`/${name}/@@API/:what`, async (request) => ({ url: request.url }))
      app.get(`/${name}/broken`, async () => Promise.reject(new Error('secret at /srv/touchstone/src/x.ts')))
    },
  }
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
}

const open: HttpServer[] = []

async function serverOf(
  settings: Parameters<typeof readConfig>[0] = {},
  others: readonly Part[] = [],
): Promise<HttpServer> {
  const config = readConfig({ logLevel: 'silent', maxBodyMib: '1', ...settings }, {})
  const metrics = createMetrics()
  const server = createServer(
    config,
    CONTEXT,
    [...others, operationsPart([], metrics), partOf('one'), partOf('two')],
    { watch: metrics.watch },
  )
  open.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

describe('cross-site rule', () => {
  const host = 'lab.example:8080'
  const cases: readonly [string, string, Record<string, string>, number][] = [
    [
      'a session from the own page',
      'POST',
      { 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
      200,
    ],
    ['a session typed into the address', 'POST', { 'sec-fetch-site': 'none' }, 200],
    ['a session without what browsers add', 'POST', {}, 200],
    ['a session from another site', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a session from another host of the site', 'POST', { 'sec-fetch-site': 'same-site' }, 403],
    ['a session from a foreign origin', 'POST', { origin: 'http://evil.example' }, 403],
    ['a session from another port', 'POST', { origin: 'http://lab.example:8081' }, 403],
    ['a session from a sandboxed frame', 'POST', { origin: 'null' }, 403],
    ['a session with an origin that is none', 'POST', { origin: 'x' }, 403],
    ['PUT', 'PUT', { 'sec-fetch-site': 'cross-site' }, 403],
    ['PATCH', 'PATCH', { 'sec-fetch-site': 'cross-site' }, 403],
    ['DELETE', 'DELETE', { 'sec-fetch-site': 'cross-site' }, 403],
    ['reading', 'GET', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, 200],
    ['HEAD', 'HEAD', { 'sec-fetch-site': 'cross-site' }, 200],
    [
      'a token',
      'POST',
      { 'x-as': 'token', 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
      200,
    ],
    ['a JWT', 'POST', { 'x-as': 'jwt', origin: 'http://evil.example' }, 200],
    ['no credential', 'POST', { 'x-as': 'none', 'sec-fetch-site': 'cross-site' }, 200],
  ]
  it.each(cases)('%s: %s', async (_what, method, headers, status) => {
    const server = await serverOf()
    const answer = await server.inject({
      method: method as 'GET',
      url: '/one/things',
      headers: { host, 'x-as': 'session', ...headers },
    })
    expect(answer.statusCode).toBe(status)
  })

  it('holds for a GET that writes', async () => {
    const server = await serverOf()
    const headers = { 'x-as': 'session', 'sec-fetch-site': 'cross-site' }
    const answer = await server.inject({ url: '/one/writing', headers })
    expect([answer.statusCode, answer.json()]).toEqual([403, { by: 'one', kind: 'error' }])
  })

  it('knows the public address of the site where a proxy changes the host', async () => {
    const server = await serverOf({ publicUrl: 'https://qa.example.org' })
    const status = async (origin: string) =>
      (
        await server.inject({
          method: 'POST',
          url: '/one/things',
          headers: { host, origin, 'x-as': 'session' },
        })
      ).statusCode
    expect([await status('https://qa.example.org'), await status('https://evil.example')]).toEqual([200, 403])
  })
})

describe('paths', () => {
  it('answers both spellings, at the root and below /compat, with a body, without a redirect', async () => {
    const server = await serverOf()
    for (const mount of ['', '/compat/one']) {
      for (const url of [`${mount}/one/things`, `${mount}/one/things/`]) {
        const answer = await server.inject({ method: 'POST', url, payload: { a: 1 } })
        expect(answer.json()).toMatchObject({ by: 'one', mount, body: { a: 1 } })
      }
    }
  })

  it.each([
    ['/one/none', 'one', 404],
    ['/two', 'two', 404],
    ['/none', 'two', 404],
    ['/onesided', 'two', 404],
    ['/compat/one/two/things', 'one', 404],
    ['/compat/one', 'one', 404],
    ['/compat/none/one/things', 'two', 404],
    ['/one/%zz', 'one', 400],
    ['/two/%', 'two', 400],
    ['/compat/one/%zz', 'one', 400],
    ['/one/%00', 'one', 404],
    ['/one/things?q=%zz', 'one', 200],
  ])('%s is answered by %s with %i', async (url, by, status) => {
    const answer = await (await serverOf()).inject({ url })
    expect([answer.statusCode, answer.json().by]).toEqual([status, by])
  })

  it('reads %40%40 as @@, in paths alone', async () => {
    const server = await serverOf()
    const answer = await server.inject({ url: '/one/%40%40API/x?u=/%40%40API' })
    expect(answer.json()).toEqual({ url: '/one/@@API/x?u=/%40%40API' })
  })

  it('leaves a wrong method, broken JSON and a body that is too large to the owner', async () => {
    const server = await serverOf()
    const json = { 'content-type': 'application/json' }
    const answers = [
      await server.inject({ method: 'POST', url: '/two/broken' }),
      await server.inject({ method: 'POST', url: '/two/things', payload: '{"a":', headers: json }),
      await server.inject({
        method: 'POST',
        url: '/two/things',
        payload: `"${'x'.repeat(1_100_000)}"`,
        headers: json,
      }),
      await server.inject({
        method: 'POST',
        url: '/two/things',
        payload: 'x',
        headers: { 'content-type': 'a/b' },
      }),
    ]
    expect(answers.map((answer) => [answer.statusCode, answer.json().by])).toEqual([
      [404, 'two'],
      [400, 'two'],
      [413, 'two'],
      [415, 'two'],
    ])
  })

  it('takes headers of 100 KiB and refuses more than 128', async () => {
    const server = await serverOf()
    const port = await server.listen({ port: 0, host: '127.0.0.1' })
    const statusWith = (bytes: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        httpRequest({ port, host: '127.0.0.1', path: `/one/things?q=${'x'.repeat(bytes)}` }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect([await statusWith(100 * 1024), await statusWith(140 * 1024)]).toEqual([200, 431])
  })
})

describe('what every answer carries', () => {
  it('has a request id of its own and no trace of the program when it fails', async () => {
    const server = await serverOf()
    const ids = await Promise.all(
      [1, 2].map(
        async () =>
          (await server.inject({ url: '/one/things', headers: { 'request-id': 'mine' } })).json().id,
      ),
    )
    expect(new Set(ids).size).toBe(2)
    expect(ids.join()).not.toContain('mine')
    const broken = await server.inject({ url: '/one/broken' })
    expect([broken.statusCode, broken.body]).toEqual([500, '{"by":"one","kind":"error"}'])
  })

  it('has a strict policy for content and no sniffing, also when it refuses', async () => {
    const server = await serverOf()
    for (const url of ['/one/things', '/one/none', '/none', '/one/%zz', '/one/broken']) {
      const { headers } = await server.inject({ url })
      expect(headers['x-content-type-options'], url).toBe('nosniff')
      // what cannot be routed is refused before the server knows what the answer carries
      if (url !== '/one/%zz')
        expect(headers['content-security-policy'], url).toBe("default-src 'none';frame-ancestors 'none'")
      expect(headers['strict-transport-security']).toBeUndefined()
    }
    const pages = await serverOf({}, [webApplicationPart('/nowhere')])
    const { headers } = await pages.inject({ url: '/app/x' })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).toContain("object-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    const secure = await serverOf({ publicUrl: 'https://qa.example.org' })
    expect((await secure.inject({ url: '/one/things' })).headers['strict-transport-security']).toMatch(
      /max-age=\d{7}/,
    )
  })

  it('answers HEAD like GET without a body', async () => {
    const answer = await (await serverOf()).inject({ method: 'HEAD', url: '/one/broken' })
    expect([answer.statusCode, answer.body]).toEqual([500, ''])
  })
})

describe('operations', () => {
  const fine: Readiness = { name: 'database', check: async () => undefined }
  const failing: Readiness = { name: 'files', check: async () => 'the disk is full' }
  const throwing: Readiness = { name: 'queue', check: () => Promise.reject(new Error('gone')) }

  it('is alive, and ready only when everything it depends on is', async () => {
    const [ready, not] = await Promise.all(
      [[fine], [fine, failing, throwing]].map((checks) =>
        serverOf({}, [operationsPart(checks, createMetrics())]),
      ),
    )
    if (!ready || !not) throw new Error('two servers were asked for')
    expect((await not.inject({ url: '/healthz' })).statusCode).toBe(200)
    const answers = [await ready.inject({ url: '/readyz' }), await not.inject({ url: '/readyz' })]
    expect(answers.map((answer) => [answer.statusCode, answer.json()])).toEqual([
      [200, { status: 'ready', problems: [] }],
      [503, { status: 'not ready', problems: ['files: the disk is full', 'queue: gone'] }],
    ])
  })

  it('counts the requests of every dialect by route, never by address', async () => {
    const server = await serverOf()
    await server.inject({ url: '/one/@@API/secret' })
    await server.inject({ url: '/one/none-of-it' })
    const { body, headers } = await server.inject({ url: '/metrics' })
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/one/@@API/:what",status="200"} 1',
    )
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 1')
    expect(body).not.toMatch(/secret|none-of-it/)
  })
})

describe('web application', () => {
  it('leads to the page, gives it for every address of its own, and files by their names alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-web-'))
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
    await writeFile(join(folder, 'dist', 'index.html'), '<p nonce="__STYLE_NONCE__">page</p>')
    await writeFile(join(folder, 'dist', 'assets', 'a-1.js'), 'let a')
    await writeFile(join(folder, 'secret.svg'), 'secret')
    const server = await serverOf({}, [webApplicationPart(join(folder, 'dist'))])
    const moved = await server.inject({ url: '/' })
    expect([moved.statusCode, moved.headers.location]).toEqual([302, '/app/'])
    for (const url of ['/app/', '/app/units/3', '/app/assets.html'])
      expect((await server.inject({ url })).body, url).toMatch(/^<p nonce="[\w-]{22}">page<\/p>$/)
    const { body, headers } = await server.inject({ url: '/app/' })
    const nonce = /nonce="(.*?)"/.exec(body)?.[1]
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect((await server.inject({ url: '/app/' })).body).not.toContain(String(nonce))
    const asset = await server.inject({ url: '/app/assets/a-1.js' })
    expect([asset.body, asset.headers['cache-control']]).toEqual([
      'let a',
      'public, max-age=31536000, immutable',
    ])
    for (const url of ['/app/assets/none.js', '/app/%2e%2e/secret.svg', '/app/assets/..%2f..%2fsecret.svg'])
      expect((await server.inject({ url })).body, url).not.toMatch(/secret|page/)
    await rm(folder, { recursive: true })
  })

  it('says how to build it when it is not built', async () => {
    const server = await serverOf({}, [webApplicationPart('/nowhere')])
    const answer = await server.inject({ url: '/app/x' })
    expect([answer.statusCode, answer.body]).toEqual([
      503,
      'The web application is not built. Run: npm run build',
    ])
  })
})
