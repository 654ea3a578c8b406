import type { LookupAddress } from 'node:dns'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import type { GuardedOptions } from './guarded-request.ts'
import type { Hop } from './redirect.ts'
import { hostOf, resolveAllowed } from './resolve-allowed.ts'
import { upstreamFailed } from './upstream-error.ts'

/** An answer whose body is still on the way. */
export type IncomingAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly stream: Readable
}

const IDLE_TIMEOUT_MS = 10_000

/** Sends one request, without following redirects, to an address that was checked. */
export async function sendOnce(
  hop: Hop,
  options: GuardedOptions,
  signal: AbortSignal,
): Promise<IncomingAnswer> {
  const host = hostOf(hop.url)
  const addresses = await untilAborted(resolveAllowed(host, options.rules, options.resolve), signal)
  const idleMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS
  const message = await exchange(hop, requestOptions(hop, addresses, signal), idleMs)
  return { status: message.statusCode ?? 0, headers: joinedHeaders(message), stream: message }
}

function requestOptions(hop: Hop, addresses: readonly LookupAddress[], signal: AbortSignal): RequestOptions {
  return {
    method: hop.method,
    protocol: hop.url.protocol,
    hostname: hostOf(hop.url),
    ...(hop.url.port && { port: Number(hop.url.port) }),
    path: hop.url.pathname + hop.url.search,
    headers: { ...Object.fromEntries(hop.headers), 'accept-encoding': 'gzip, deflate, br' },
    lookup: pinnedTo(addresses),
    agent: false, // a shared connection could have been opened under other rules
    signal,
  }
}

/** Answers every look-up of the socket with the checked addresses. */
function pinnedTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, [...addresses])
    else if (first) callback(null, first.address, first.family)
  }
}

function exchange(hop: Hop, options: RequestOptions, idleMs: number): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = hop.url.protocol === 'https:' ? requestHttps(options) : requestHttp(options)
  let answer: IncomingMessage | undefined
  request.setTimeout(idleMs, () => {
    const silent = upstreamFailed(hostOf(hop.url), `It was silent for ${idleMs} ms.`)
    const reading = answer ?? request
    reading.destroy(silent)
  })
  request.on('response', (message) => {
    answer = message
    resolve(message)
  })
  request.on('error', reject)
  request.on('upgrade', (_answer, socket) => {
    socket.destroy()
    reject(upstreamFailed(hostOf(hop.url), 'It wants to speak another protocol than HTTP.'))
  })
  request.end(hop.body)
  return promise
}

function joinedHeaders(message: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(message.headersDistinct)
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]))
}

/** The system's name resolution cannot be cancelled; this stops waiting for it. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([promise, aborted])
}
