import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { HttpProblem } from './http-problem.ts'

type Report = {
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers every failure with a status report in JSON (PS3.18 8.5.4 leaves its form open). */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { status, message, headers = {} } = reportOf(request, failure)
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="dicom-web"')
  return reply
    .code(status)
    .headers(headers)
    .type('application/json')
    .send(Buffer.from(JSON.stringify({ status, message, requestId: request.id })))
}

function reportOf(request: FastifyRequest, failure: Failure): Report {
  if (failure.kind === 'no-route') return { status: 404, message: 'There is nothing at this address.' }
  const { error } = failure
  if (error instanceof HttpProblem) return error
  if (error instanceof RefusedError) return reportOfRefusal(error.refusal)
  const status = clientStatus(error)
  if (status !== undefined) {
    return { status, message: error instanceof Error ? error.message : 'The request cannot be read.' }
  }
  request.log.error({ err: error }, 'defect')
  return { status: 500, message: 'The server failed. The operator finds the reason under the request id.' }
}

function reportOfRefusal(refusal: Refusal): Report {
  const message = describeRefusal(refusal)
  switch (refusal.kind) {
    case 'invalid-input':
      return { status: 400, message: refusal.problems.map(({ problem }) => problem).join(' ') }
    case 'not-authenticated':
      return { status: 401, message }
    case 'not-permitted':
      return { status: 403, message }
    case 'not-found':
      return { status: 404, message }
    case 'conflict':
      return { status: 409, message }
    case 'quota-exceeded':
      return { status: 429, message }
    case 'too-many-attempts':
      return { status: 429, message, headers: { 'retry-after': String(refusal.retryAfterS) } }
    case 'upstream-failed':
      return { status: 502, message }
  }
}

/** What Fastify itself refuses is the client's fault. */
function clientStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}
