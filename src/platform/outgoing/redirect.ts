import type { GuardedOptions, OutgoingMethod } from './guarded-request.ts'
import { hostOf } from './resolve-allowed.ts'
import { upstreamFailed } from './upstream-error.ts'

/** One request on the way to the answer. */
export type Hop = {
  readonly url: URL
  readonly method: OutgoingMethod
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string | Buffer | undefined
}

/** What a foreign origin may see; everything else may be a secret, whatever its name is. */
const HARMLESS = new Set(['accept', 'accept-language', 'user-agent', 'if-none-match', 'if-modified-since'])

/** Decided by us alone. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'upgrade',
  'te',
])

/** The first request: credentials in the address become a header, validators become conditions. */
export function hopOf(address: URL, options: GuardedOptions): Hop {
  const headers = new Map<string, string>([['user-agent', 'Touchstone']])
  const { etag, lastModified } = options.validators ?? {}
  if (etag) headers.set('if-none-match', etag)
  if (lastModified) headers.set('if-modified-since', lastModified)
  if (address.username || address.password) headers.set('authorization', basicCredentials(address))
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!OURS.has(name.toLowerCase())) headers.set(name.toLowerCase(), value)
  }
  return { url: address, method: options.method ?? 'GET', headers, body: options.body }
}

function basicCredentials(url: URL): string {
  const plain = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`
  return `Basic ${Buffer.from(plain).toString('base64')}`
}

/** A stray percent sign in a password stays what it is. */
function percentDecoded(text: string): string {
  const bytes = text.replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/**
 * The request that a redirect asks for (RFC 9110 15.4).
 *
 * @throws RefusedError `upstream-failed` when it leads to something else than http(s), or would carry a body to
 *   another origin
 */
export function followRedirect(hop: Hop, location: string, status: number): Hop {
  const url = URL.parse(location, hop.url.href)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw upstreamFailed(hostOf(hop.url), 'It redirects to something that is not a web address.')
  }
  const sameOrigin = url.origin === hop.url.origin
  const withoutBody = turnsIntoGet(hop.method, status)
  if (!sameOrigin && !withoutBody && hop.body !== undefined) {
    throw upstreamFailed(hostOf(hop.url), 'It redirects a request with content to another host.')
  }
  return {
    url,
    method: withoutBody && hop.method !== 'HEAD' ? 'GET' : hop.method,
    headers: new Map([...hop.headers].filter(([name]) => keeps(name, sameOrigin, withoutBody))),
    body: withoutBody ? undefined : hop.body,
  }
}

function turnsIntoGet(method: OutgoingMethod, status: number): boolean {
  return status === 303 || ((status === 301 || status === 302) && method === 'POST')
}

function keeps(name: string, sameOrigin: boolean, withoutBody: boolean): boolean {
  if (withoutBody && name.startsWith('content-')) return false
  return sameOrigin || HARMLESS.has(name) || (name.startsWith('content-') && !withoutBody)
}
