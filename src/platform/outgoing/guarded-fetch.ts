import { buffer } from 'node:stream/consumers'
import { invalidInput } from '../../core/refusal.ts'
import { decodedBody } from './decoded-body.ts'
import type { GuardedAnswer, GuardedOptions } from './guarded-request.ts'
import { followRedirect, type Hop, hopOf } from './redirect.ts'
import { hostOf } from './resolve-allowed.ts'
import { type IncomingAnswer, sendOnce } from './send-once.ts'
import { asUpstreamFailure, upstreamFailed } from './upstream-error.ts'

const MAX_REDIRECTS = 5

/**
 * Sends a request to an address that a user may have chosen. Every hop is resolved, checked against the rules and
 * connected to the checked address; credentials do not follow a redirect to another origin; TLS is verified.
 *
 * @returns whatever the other side answered, any status
 * @throws RefusedError `invalid-input` for what is no web address; `upstream-failed` for refused destinations,
 *   network failures, time-outs, too large or damaged answers
 */
export async function guardedFetch(address: string, options: GuardedOptions): Promise<GuardedAnswer> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline
  let hop = hopOf(parseWebAddress(address), options)
  for (let redirects = 0; ; redirects++) {
    const answer = await guardHop(hop, options, signal, deadline)
    if (!('redirectTo' in answer)) return answer
    if (redirects === MAX_REDIRECTS) throw upstreamFailed(hostOf(hop.url), 'It redirects too often.')
    hop = followRedirect(hop, answer.redirectTo, answer.status)
  }
}

/** @throws RefusedError `invalid-input` unless this is an http or https address */
export function parseWebAddress(address: string): URL {
  const url = URL.parse(address)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw invalidInput('url', 'This is not an http or https address.')
  }
  return url
}

type Redirect = { readonly redirectTo: string; readonly status: number }

async function guardHop(
  hop: Hop,
  options: GuardedOptions,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<GuardedAnswer | Redirect> {
  try {
    signal.throwIfAborted()
    const incoming = await sendOnce(hop, options, signal)
    const redirectTo = isRedirect(incoming) ? incoming.headers.location : undefined
    if (redirectTo === undefined) return await readAnswer(hop, incoming, options)
    incoming.stream.destroy()
    return { redirectTo, status: incoming.status }
  } catch (error) {
    if (deadline.aborted)
      throw upstreamFailed(hostOf(hop.url), `No complete answer within ${options.timeoutMs} ms.`)
    signal.throwIfAborted()
    throw asUpstreamFailure(hostOf(hop.url), error)
  }
}

function isRedirect({ status }: IncomingAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

async function readAnswer(
  hop: Hop,
  incoming: IncomingAnswer,
  options: GuardedOptions,
): Promise<GuardedAnswer> {
  const body = await buffer(decodedBody(incoming, hop, options.maxBytes))
  const { etag, 'last-modified': lastModified } = incoming.headers
  return {
    status: incoming.status,
    headers: incoming.headers,
    validators: { ...(etag && { etag }), ...(lastModified && { lastModified }) },
    url: withoutCredentials(hop.url),
    body,
  }
}

function withoutCredentials(url: URL): string {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare.href
}
