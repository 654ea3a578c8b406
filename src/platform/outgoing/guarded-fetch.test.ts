import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { guardedFetch } from './guarded-fetch.ts'
import type { GuardedOptions } from './guarded-request.ts'
import { parseOutgoingRules } from './outgoing-rules.ts'
import type { Resolve } from './resolve-allowed.ts'
import { sendWebhook } from './webhook.ts'

const { rules: shut } = parseOutgoingRules([])
const { rules } = parseOutgoingRules([], { allowLoopback: true })
const OPTIONS = { rules, maxBytes: 1_000_000, timeoutMs: 10_000 }

/** Every name that these tests use stands for this machine, or for what the name says. */
const resolve: Resolve = async (host) => {
  const addresses: Record<string, readonly string[]> = {
    'private.test': ['10.0.0.7'],
    'metadata.test': ['169.254.169.254'],
    'mixed.test': ['10.0.0.7', '127.0.0.1'],
    'nowhere.test': [],
  }
  return (addresses[host] ?? ['127.0.0.1']).map((address) => ({ address, family: 4 }))
}

async function listen<S extends Server | TcpServer>(server: S): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return (address satisfies AddressInfo).port
}

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
  throw new Error('was not refused')
}

const seen: { request: IncomingMessage; body: string }[] = []
const ROUTES: Readonly<Record<string, RequestListener>> = {
  '/plain': (_request, response) =>
    response.setHeader('ETag', '"v1"').setHeader('X-Two', ['a', 'b']).end('plain'),
  '/conditional': (request, response) => {
    const known =
      request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] === 'then'
    response
      .writeHead(known ? 304 : 200, { 'content-encoding': 'gzip' })
      .end(known ? undefined : gzipSync('new'))
  },
  '/missing': (_request, response) => response.writeHead(404).end('no such page'),
  '/gzip': (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('packed')),
  '/deflate': (_request, response) =>
    response.setHeader('content-encoding', 'deflate').end(deflateSync('packed')),
  '/brotli': (_request, response) =>
    response.setHeader('content-encoding', 'br').end(brotliCompressSync('packed')),
  '/damaged': (_request, response) => response.setHeader('content-encoding', 'gzip').end('not gzip'),
  '/zstd': (_request, response) => response.setHeader('content-encoding', 'zstd').end('x'),
  '/bomb': (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000))),
  '/exact': (_request, response) => response.end(Buffer.alloc(1_000_000)),
  '/over': (_request, response) => response.end(Buffer.alloc(1_000_001)),
  '/endless': (_request, response) => {
    const write = (): void => void (response.destroyed || response.write(Buffer.alloc(65_536), write))
    write()
  },
  '/silent': () => undefined,
  '/stalls': (_request, response) => void response.write('beginning'),
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('beginning', () => response.destroy())
  },
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/to-plain': (_request, response) => response.writeHead(302, { location: '/plain' }).end(),
  '/to-private': (_request, response) => response.writeHead(302, { location: 'http://private.test/' }).end(),
  '/to-metadata': (_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
}

let base = ''
let port = 0
const server = createServer(async (request, response) => {
  const body = await text(request)
  seen.push({ request, body })
  const [path = ''] = (request.url ?? '').split('?')
  const redirect = /^\/redirect\/(\d+)\/(.+)$/.exec(path)
  if (redirect?.[1] && redirect[2]) {
    response.writeHead(Number(redirect[1]), { location: decodeURIComponent(redirect[2]) }).end()
    return
  }
  const route = ROUTES[path]
  if (route) route(request, response)
  else response.end('default')
})

beforeAll(async () => {
  port = await listen(server)
  base = `http://127.0.0.1:${port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function get(path: string, options: Partial<GuardedOptions> = {}): ReturnType<typeof guardedFetch> {
  return guardedFetch(path.startsWith('/') ? base + path : path, { ...OPTIONS, resolve, ...options })
}

function lastSeen(): { request: IncomingMessage; body: string } {
  const last = seen.at(-1)
  if (!last) throw new Error('nothing was asked')
  return last
}

describe('guardedFetch', () => {
  it('returns status, headers, validators and body', async () => {
    const answer = await get('/plain')
    expect(answer).toMatchObject({ status: 200, validators: { etag: '"v1"' }, url: `${base}/plain` })
    expect(answer.headers).toMatchObject({ etag: '"v1"', 'x-two': 'a, b' })
    expect(String(answer.body)).toBe('plain')
    expect((await get('/missing')).status).toBe(404)
  })

  it('asks under conditions', async () => {
    const known = await get('/conditional', { validators: { etag: '"v1"', lastModified: 'then' } })
    expect([known.status, known.body.length]).toEqual([304, 0])
    expect(String((await get('/conditional')).body)).toBe('new')
  })

  it.each(['/gzip', '/deflate', '/brotli'])('unpacks %s', async (path) => {
    expect(String((await get(path)).body)).toBe('packed')
    expect((await get(path, { method: 'HEAD' })).status).toBe(200)
  })

  it('sends method, headers and body, and keeps the headers that are ours', async () => {
    await get('/echo?a=1', {
      method: 'POST',
      headers: { 'X-Token': 's', Host: 'evil.test' },
      body: '{"a":"ä"}',
    })
    const { request, body } = lastSeen()
    expect([request.method, request.url, body]).toEqual(['POST', '/echo?a=1', '{"a":"ä"}'])
    expect(request.headers).toMatchObject({ 'x-token': 's', host: `127.0.0.1:${port}`, connection: 'close' })
  })

  it('turns credentials in the address into a header', async () => {
    const answer = await get(`http://me:p%40ss%@127.0.0.1:${port}/plain`)
    const basic = Buffer.from('me:p@ss%').toString('base64')
    expect(lastSeen().request.headers.authorization).toBe(`Basic ${basic}`)
    expect(answer.url).toBe(`${base}/plain`)
  })

  it.each([
    [
      'ftp://x.test/',
      'file:///etc/passwd',
      'gopher://x.test',
      'javascript:x()',
      'x.test',
      '',
      'http://',
      'http://[::1',
    ],
  ])('refuses what is no web address: %s', async (...addresses) => {
    for (const address of addresses) {
      expect(await refusalOf(guardedFetch(address, OPTIONS))).toMatchObject({
        kind: 'invalid-input',
        problems: [{ field: 'url' }],
      })
    }
  })
})

describe('destinations', () => {
  const LOCAL = 'This host is not to be reached from here: its address is a local or reserved one.'
  const PRIVATE =
    'This host is on a private network. An administrator can allow it with TOUCHSTONE_ALLOWED_HOSTS.'

  it.each([
    ['http://127.0.0.1/', '127.0.0.1', LOCAL],
    ['http://127.1/', '127.0.0.1', LOCAL],
    ['http://0x7f000001/', '127.0.0.1', LOCAL],
    ['http://2130706433/', '127.0.0.1', LOCAL],
    ['http://0/', '0.0.0.0', LOCAL],
    ['http://[::1]/', '::1', LOCAL],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1', LOCAL],
    ['http://[::ffff:10.0.0.1]/', '::ffff:a00:1', PRIVATE],
    ['http://[fd00::1]/', 'fd00::1', PRIVATE],
    ['http://10.0.0.1/', '10.0.0.1', PRIVATE],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254', LOCAL],
    ['http://private.test/', 'private.test', PRIVATE],
    ['http://PRIVATE.test./', 'private.test', PRIVATE],
    ['http://metadata.test/', 'metadata.test', LOCAL],
    ['http://mixed.test/', 'mixed.test', PRIVATE],
    ['http://nowhere.test/', 'nowhere.test', 'This host name has no address.'],
  ])('refuses %s', async (address, source, reason) => {
    expect(await refusalOf(get(address, { rules: shut }))).toEqual({
      kind: 'upstream-failed',
      source,
      reason,
    })
  })

  it('refuses localhost as this machine resolves it', async () => {
    expect(
      await refusalOf(guardedFetch(`http://localhost:${port}/`, { ...OPTIONS, rules: shut })),
    ).toMatchObject({
      kind: 'upstream-failed',
      source: 'localhost',
    })
  })

  it('connects to the address that was checked, whatever the name means later', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const rebinding: Resolve = async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 }))
    const answer = await get(`http://rebinding.test:${port}/plain`, { resolve: rebinding })
    expect(String(answer.body)).toBe('plain')
    expect(lastSeen().request.headers.host).toBe(`rebinding.test:${port}`)
    expect(answers).toEqual([['169.254.169.254']])
  })

  it('uses only the allowed ones of several addresses', async () => {
    expect((await get(`http://mixed.test:${port}/plain`)).status).toBe(200)
  })
})

describe('redirects', () => {
  it('are followed, five at most', async () => {
    expect(await get('/to-plain')).toMatchObject({ status: 200, url: `${base}/plain` })
    const before = seen.length
    expect(await refusalOf(get('/loop'))).toMatchObject({ reason: 'It redirects too often.' })
    expect(seen.length - before).toBe(6)
  })

  it.each([
    ['/to-private', 'private.test'],
    ['/to-metadata', '169.254.169.254'],
    ['/to-file', '127.0.0.1'],
  ])('%s is refused', async (path, source) => {
    expect(await refusalOf(get(path))).toMatchObject({ kind: 'upstream-failed', source })
  })

  const SECRETS = { Authorization: 'Bearer s', Cookie: 'a=b', 'Private-Token': 's', Accept: 'text/csv' }

  it('keep credentials within the origin', async () => {
    await get('/redirect/307/%2Fplain', { headers: SECRETS })
    expect(lastSeen().request.headers).toMatchObject({
      authorization: 'Bearer s',
      'private-token': 's',
      cookie: 'a=b',
    })
  })

  it('take no credentials to another origin', async () => {
    const elsewhere = encodeURIComponent(`http://other.test:${port}/plain`)
    await get(`http://me:secret@127.0.0.1:${port}/redirect/302/${elsewhere}`, { headers: SECRETS })
    const { headers } = lastSeen().request
    expect(headers).toMatchObject({ host: `other.test:${port}`, accept: 'text/csv' })
    expect([headers.authorization, headers.cookie, headers['private-token']]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'content'],
    [308, 'PUT', 'PUT', 'content'],
  ] as const)('with status %i turn %s into %s', async (status, method, expected, body) => {
    await get(`/redirect/${status}/%2Fecho`, {
      method,
      body: 'content',
      headers: { 'content-type': 'text/plain' },
    })
    expect([lastSeen().request.method, lastSeen().body]).toEqual([expected, body])
    expect(lastSeen().request.headers['content-type']).toBe(body === '' ? undefined : 'text/plain')
  })

  it('take no content to another origin', async () => {
    const elsewhere = encodeURIComponent(`http://other.test:${port}/plain`)
    expect(
      await refusalOf(get(`/redirect/307/${elsewhere}`, { method: 'POST', body: 'content' })),
    ).toMatchObject({
      reason: 'It redirects a request with content to another host.',
    })
  })
})

describe('limits', () => {
  it('accepts an answer of exactly the limit and refuses one byte more', async () => {
    expect((await get('/exact')).body.length).toBe(1_000_000)
    expect(await refusalOf(get('/over'))).toEqual({
      kind: 'upstream-failed',
      source: '127.0.0.1',
      reason: 'Its answer is larger than 1000000 bytes.',
    })
  })

  it.each([
    ['/bomb', {}, 'Its answer is larger than 1000000 bytes.'],
    ['/endless', {}, 'Its answer is larger than 1000000 bytes.'],
    ['/damaged', {}, 'Its compressed answer is damaged.'],
    ['/zstd', {}, 'Its answer is compressed in a way that was not asked for.'],
    ['/cut', {}, 'The connection was cut.'],
    ['/silent', { idleTimeoutMs: 50 }, 'It was silent for 50 ms.'],
    ['/stalls', { idleTimeoutMs: 50 }, 'It was silent for 50 ms.'],
    ['/silent', { timeoutMs: 50 }, 'No complete answer within 50 ms.'],
    ['/stalls', { timeoutMs: 100 }, 'No complete answer within 100 ms.'],
    ['/plain', { headers: { 'x-a': 'b\nc' } }, 'A header contains characters that cannot be sent.'],
  ])('%s with %o', async (path, options, reason) => {
    expect(await refusalOf(get(path, options))).toEqual({
      kind: 'upstream-failed',
      source: '127.0.0.1',
      reason,
    })
  })

  it('gives up a name resolution that never ends', async () => {
    const never: Resolve = () => new Promise(() => undefined)
    expect(await refusalOf(get('http://slow.test/', { resolve: never, timeoutMs: 50 }))).toEqual({
      kind: 'upstream-failed',
      source: 'slow.test',
      reason: 'No complete answer within 50 ms.',
    })
  })

  it('ends when it is cancelled from outside', async () => {
    const cancelling = new AbortController()
    const asked = get('/stalls', { signal: cancelling.signal })
    cancelling.abort(new Error('not needed any more'))
    await expect(asked).rejects.toThrow('not needed any more')
  })

  it('says when nobody listens, and when it is not HTTP', async () => {
    const other = createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('220 mail ready\r\n'),
    )
    const otherPort = await listen(other)
    expect(await refusalOf(get(`http://127.0.0.1:${otherPort}/`))).toMatchObject({
      reason: 'Its answer is not HTTP.',
    })
    expect(await refusalOf(get(`https://127.0.0.1:${otherPort}/`))).toMatchObject({
      reason: 'This port does not speak TLS.',
    })
    await new Promise((done) => other.close(done))
    expect(await refusalOf(get(`http://127.0.0.1:${otherPort}/`))).toMatchObject({
      reason: 'Nobody answers at this port.',
    })
  })

  it('verifies certificates (needs the openssl command)', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=self.test']
    try {
      execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    } catch {
      skip('there is no openssl command')
    }
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) =>
      response.end(),
    )
    const tlsPort = await listen(tls)
    expect(await refusalOf(get(`https://self.test:${tlsPort}/`))).toMatchObject({
      source: 'self.test',
      reason: 'Its certificate is self-signed.',
    })
    tls.close()
    rmSync(folder, { recursive: true })
  })
})

describe('sendWebhook', () => {
  const message = { title: 'Linac 2', text: 'out of service', facts: [] }

  it('posts JSON with the headers of the target', async () => {
    await sendWebhook({ url: `${base}/hook`, kind: 'slack', headers: { 'X-Secret': 's' } }, message, {
      rules,
    })
    const { request, body } = lastSeen()
    expect(request.method).toBe('POST')
    expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'x-secret': 's' })
    expect(JSON.parse(body)).toEqual({ text: '*Linac 2*\nout of service' })
  })

  it('refuses an answer that is no success, without telling the address', async () => {
    expect(
      await refusalOf(sendWebhook({ url: `${base}/missing?key=secret`, kind: 'json' }, message, { rules })),
    ).toEqual({
      kind: 'upstream-failed',
      source: '127.0.0.1',
      reason: 'It answered with status 404.',
    })
  })

  it('is guarded like every outgoing request', async () => {
    const sent = sendWebhook({ url: `${base}/hook`, kind: 'json' }, message, { rules: shut })
    expect(await refusalOf(sent)).toMatchObject({ kind: 'upstream-failed' })
  })
})
