import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerFailure, type FailureDialect } from '../../platform/http/answer-failure.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { sendJson } from './send-json.ts'

const CHALLENGE = 'Bearer realm="api"'

const DIALECT: FailureDialect = { challenge: CHALLENGE, tooLarge: 'Request body too large.' }

/** Answers every failure below this dialect's paths in the words of the documented API. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { status, body, headers = {} } = answerFailure(request, failure, DIALECT)
  if (status === 401) reply.header('www-authenticate', CHALLENGE)
  return sendJson(reply.headers(headers), body, status)
}
