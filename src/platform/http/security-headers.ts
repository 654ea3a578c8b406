import type { FastifyReply } from 'fastify'

/** What our own pages may load, with the style elements that they may hold. */
const pagePolicy = (...styles: readonly string[]): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "script-src-attr 'none'",
    ...styles,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join(';')

const PAGE_POLICY = pagePolicy("style-src 'self' 'unsafe-inline'")

/** The policy of the web application: only style elements with the nonce of this answer, and attributes. */
export function applicationPolicy(nonce: string): string {
  return pagePolicy(`style-src 'self' 'nonce-${nonce}'`, "style-src-attr 'unsafe-inline'")
}

/** Data loads nothing and stands in no frame. */
const DATA_POLICY = "default-src 'none';frame-ancestors 'none'"

type Headers = Readonly<Record<string, string>>

/** What an answer says to browsers, by what it carries. */
export type SecurityHeaders = {
  readonly page: Headers
  /** fewer, since a browser makes no page of them; they are part of every answer of an API, and of its time */
  readonly data: Headers
}

export function securityHeaders({ isHttps }: { readonly isHttps: boolean }): SecurityHeaders {
  const always = {
    'x-content-type-options': 'nosniff',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  return {
    data: { 'content-security-policy': DATA_POLICY, ...always },
    page: {
      'content-security-policy': PAGE_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'SAMEORIGIN',
      ...always,
    },
  }
}

/** Adds them to an answer that is about to be sent; what its route said stays. */
export function protectAnswer(reply: FastifyReply, { page, data }: SecurityHeaders): void {
  const type = reply.getHeader('content-type')
  const carriesData = type === undefined || String(type).startsWith('application/json')
  for (const [name, value] of Object.entries(carriesData ? data : page)) {
    if (!reply.hasHeader(name)) reply.header(name, value)
  }
}
