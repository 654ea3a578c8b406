import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeRefusal, type Refusal, RefusedError } from '../../core/refusal.ts'
import type { Failure } from '../../platform/http/dialect.ts'

const STATUS: Readonly<Record<Refusal['kind'], number>> = {
  'invalid-input': 400,
  'not-authenticated': 401,
  'not-permitted': 403,
  'not-found': 404,
  conflict: 409,
  'quota-exceeded': 429,
  'too-many-attempts': 429,
  'upstream-failed': 502,
}

/** What the server itself refuses before a verb is asked; the rest is input that cannot be read. */
const KIND: Readonly<Record<number, Refusal['kind']>> = { 403: 'not-permitted', 404: 'not-found' }

/** `{error: {kind, message, problems, requestId}}` for everything that fails. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  if (failure.kind === 'no-route')
    return send(request, reply, 404, 'not-found', 'There is nothing at this address.')
  const { error } = failure
  if (error instanceof RefusedError) return sendRefusal(request, reply, error.refusal)
  const status = clientStatus(error)
  if (status !== undefined)
    return send(request, reply, status, KIND[status] ?? 'invalid-input', messageOf(error))
  request.log.error({ err: error }, 'defect')
  return send(
    request,
    reply,
    500,
    'defect',
    'The server failed. The operator finds the reason under the request id.',
  )
}

function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.kind === 'too-many-attempts') reply.header('retry-after', refusal.retryAfterS)
  return send(
    request,
    reply,
    STATUS[refusal.kind],
    refusal.kind,
    describeRefusal(refusal),
    detailsOf(refusal),
  )
}

function detailsOf(refusal: Refusal): Readonly<Record<string, unknown>> {
  if (refusal.kind === 'invalid-input') return { problems: refusal.problems }
  if (refusal.kind === 'conflict' && refusal.current) return { current: refusal.current }
  return {}
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  kind: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  return reply
    .code(status)
    .type('application/json')
    .send({ error: { kind, message, ...details, requestId: request.id } })
}

/** Fastify's own refusals (malformed JSON, too large, unsupported type) are the client's fault; the rest is not. */
function clientStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request cannot be read.'
}
