import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { requestOrigin } from '../../platform/http/origin.ts'
import { failureEnvelope } from './envelope.ts'
import { WireError } from './wire-error.ts'

/** Message and real status of a failure. */
export type WireFailure = { readonly message: string; readonly status: number; readonly always: boolean }

/** What a failure says in the documented words; undefined for a defect. */
export function failureOf(error: unknown): WireFailure | undefined {
  if (error instanceof WireError)
    return { message: error.message, status: error.status, always: error.always }
  if (error instanceof RefusedError)
    return { message: messageOf(error.refusal), status: statusOf(error.refusal), always: false }
  return undefined
}

function messageOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not-authenticated':
      return 'You are not authorized to access this resource.'
    case 'not-permitted':
      return `You don't have the '${refusal.permission}' permission`
    default:
      return describeRefusal(refusal)
  }
}

function statusOf(refusal: Refusal): number {
  switch (refusal.kind) {
    case 'invalid-input':
      return 400
    case 'not-authenticated':
      return 401
    case 'not-permitted':
      return 403
    case 'not-found':
      return 404
    case 'conflict':
      return 409
    case 'quota-exceeded':
    case 'too-many-attempts':
      return 429
    case 'upstream-failed':
      return 502
  }
}

/** Answers what goes wrong outside of the routes: unknown addresses, wrong verbs, sizes, cross-site writes. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { message, status } =
    failure.kind === 'no-route'
      ? { message: 'Not found', status: 404 }
      : outsideRoutes(request, failure.error)
  const url = `${requestOrigin(request, '')}${request.url.split('?', 1)[0]}`
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(failureEnvelope(url, 0, message)))
}

function outsideRoutes(
  request: FastifyRequest,
  error: unknown,
): { readonly message: string; readonly status: number } {
  const known = failureOf(error)
  if (known) return known
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    return { message: error.message, status: error.statusCode }
  }
  request.log.error({ err: error }, 'defect')
  return { message: `Internal server error. Request id: ${request.id}`, status: 500 }
}
