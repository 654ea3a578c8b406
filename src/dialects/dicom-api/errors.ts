import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { sendJson } from './send-json.ts'
import { detail, NOT_AUTHENTICATED, NOT_FOUND, NOT_PERMITTED, WireError } from './wire-error.ts'

/** Answers every failure below this dialect's paths in the words of the documented system. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { status, body, headers = {} } = answerTo(request, failure)
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
  return sendJson(reply.headers(headers), body, status)
}

type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

function answerTo(request: FastifyRequest, failure: Failure): Answer {
  if (failure.kind === 'no-route') return { status: 404, body: NOT_FOUND }
  const { error } = failure
  if (error instanceof WireError) return error
  if (error instanceof RefusedError) return answerToRefusal(error.refusal)
  const known = answerToFramework(error, request)
  if (known) return known
  request.log.error({ err: error }, 'defect')
  return { status: 500, body: detail('Internal server error.') }
}

function answerToRefusal(refusal: Refusal): Answer {
  switch (refusal.kind) {
    case 'invalid-input':
      return { status: 400, body: messagesByField(refusal.problems) }
    case 'not-authenticated':
      return { status: 401, body: NOT_AUTHENTICATED }
    case 'not-permitted':
      return { status: 403, body: NOT_PERMITTED }
    case 'not-found':
      return { status: 404, body: NOT_FOUND }
    case 'conflict':
      return { status: 409, body: detail(refusal.reason) }
    case 'quota-exceeded':
      return { status: 429, body: detail(describeRefusal(refusal)) }
    case 'too-many-attempts':
      return {
        status: 429,
        body: detail(`Request was throttled. Expected available in ${refusal.retryAfterS} seconds.`),
        headers: { 'retry-after': String(refusal.retryAfterS) },
      }
    case 'upstream-failed':
      return { status: 502, body: detail(describeRefusal(refusal)) }
  }
}

function messagesByField(problems: readonly { field: string; problem: string }[]): Record<string, string[]> {
  const byField: Record<string, string[]> = {}
  for (const { field, problem } of problems) {
    const name = field === '' ? 'non_field_errors' : field
    byField[name] = [...(byField[name] ?? []), problem]
  }
  return byField
}

/** What Fastify itself refuses: sizes, media types, cross-site writes. */
function answerToFramework(error: unknown, request: FastifyRequest): Answer | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return undefined
  const { statusCode, message } = error
  switch (statusCode) {
    case 413:
      return { status: 413, body: detail('Request body too large.') }
    case 414:
      return { status: 404, body: NOT_FOUND }
    case 415:
      return { status: 415, body: unsupported(request) }
    default:
      return statusCode >= 400 && statusCode < 500 ? { status: statusCode, body: detail(message) } : undefined
  }
}

export function unsupported(request: FastifyRequest): { readonly detail: string } {
  return detail(`Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`)
}
