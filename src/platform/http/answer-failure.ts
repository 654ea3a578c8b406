import type { FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from './dialect.ts'
import { detail, NOT_AUTHENTICATED, NOT_FOUND, NOT_PERMITTED, WireError } from './wire-error.ts'

/** Status, body and headers of a failure. */
export type FailureAnswer = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Where the documented systems that share these answers differ. */
export type FailureDialect = {
  /** what a missing credential is asked for with, e.g. `Token` */
  readonly challenge: string
  /** text of a body that is too large */
  readonly tooLarge: string
  /** a conflict; 409 with its reason unless given */
  readonly conflict?: (refusal: Extract<Refusal, { kind: 'conflict' }>) => FailureAnswer
}

/**
 * What the documented systems answer whose APIs are made with Django REST framework: `{"detail": …}`, or the problems
 * by field. Everything that is no refusal is a defect, logged here.
 */
export function answerFailure(
  request: FastifyRequest,
  failure: Failure,
  dialect: FailureDialect,
): FailureAnswer {
  if (failure.kind === 'no-route') return { status: 404, body: NOT_FOUND }
  const { error } = failure
  if (error instanceof WireError) return error
  if (error instanceof RefusedError) return answerToRefusal(error.refusal, dialect)
  const known = answerToFramework(error, request, dialect)
  if (known) return known
  request.log.error({ err: error }, 'defect')
  return { status: 500, body: detail('Internal server error.') }
}

function answerToRefusal(refusal: Refusal, { challenge, conflict }: FailureDialect): FailureAnswer {
  switch (refusal.kind) {
    case 'invalid-input':
      return { status: 400, body: messagesByField(refusal.problems) }
    case 'not-authenticated':
      return { status: 401, body: NOT_AUTHENTICATED, headers: { 'www-authenticate': challenge } }
    case 'not-permitted':
      return { status: 403, body: NOT_PERMITTED }
    case 'not-found':
      return { status: 404, body: NOT_FOUND }
    case 'conflict':
      return conflict?.(refusal) ?? { status: 409, body: detail(refusal.reason) }
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

/** What the server itself refuses: sizes, media types, broken JSON, cross-site writes. */
function answerToFramework(
  error: unknown,
  request: FastifyRequest,
  { tooLarge }: FailureDialect,
): FailureAnswer | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return undefined
  const { statusCode, message } = error
  if ('code' in error && error.code === 'CROSS_SITE') return CROSS_SITE
  switch (statusCode) {
    case 413:
      return { status: 413, body: detail(tooLarge) }
    case 414:
      return { status: 404, body: NOT_FOUND }
    case 415:
      return { status: 415, body: unsupportedMediaType(request) }
    default:
      return statusCode >= 400 && statusCode < 500 ? { status: statusCode, body: detail(message) } : undefined
  }
}

const CROSS_SITE: FailureAnswer = {
  status: 403,
  body: detail('CSRF Failed: Referer checking failed - the request comes from another site.'),
}

export function unsupportedMediaType(request: FastifyRequest): { readonly detail: string } {
  return detail(`Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`)
}
