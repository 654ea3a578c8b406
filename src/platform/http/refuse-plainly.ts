import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Failure } from './dialect.ts'

/** The refusal of what is no API: text for people, and the log for what is a defect. */
export function refusePlainly(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  reply.type('text/plain; charset=utf-8')
  if (failure.kind === 'no-route') return reply.code(404).send('There is nothing here.')
  const status = statusOf(failure.error)
  if (status < 500) return reply.code(status).send('This request cannot be read.')
  request.log.error({ err: failure.error }, 'request failed')
  return reply.code(500).send(`This is a defect; it is logged with the number ${request.id}.`)
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 500 ? status : 500
}
