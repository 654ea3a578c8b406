import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../../core/refusal.ts'
import { NO_STATUS_AVAILABLE } from '../../modules/machine-qa/performing/refusals.ts'
import { answerFailure, type FailureAnswer, type FailureDialect } from '../../platform/http/answer-failure.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { detail } from '../../platform/http/wire-error.ts'
import { send } from './send.ts'

const DIALECT: FailureDialect = {
  challenge: 'Token',
  tooLarge: 'Request body is too large.',
  conflict: answerToConflict,
}

/** Answers every failure below this dialect's paths in the words of the documented system. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  return send(request, reply, answerFailure(request, failure, DIALECT))
}

/** What must be unique is a problem of its field here, and the lack of a default status a bare list. */
function answerToConflict({ reason, field }: Extract<Refusal, { kind: 'conflict' }>): FailureAnswer {
  if (reason === NO_STATUS_AVAILABLE) return { status: 400, body: [reason] }
  if (field === undefined || field === '') return { status: 409, body: detail(reason) }
  return { status: 400, body: { [field]: [reason.charAt(0).toLowerCase() + reason.slice(1)] } }
}
