import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FieldProblem, type Refusal, RefusedError } from '../../core/refusal.ts'
import { answerFailure, type FailureAnswer, type FailureDialect } from '../../platform/http/answer-failure.ts'
import type { Failure } from '../../platform/http/dialect.ts'
import { detail } from '../../platform/http/wire-error.ts'
import { sendJson } from './send-json.ts'

const CHALLENGE = 'Bearer realm="api"'

const DIALECT: FailureDialect = {
  challenge: CHALLENGE,
  tooLarge: 'Request body too large.',
  conflict: answerToConflict,
}

/** Answers every failure below this dialect's paths in the words of the documented system. */
export function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { status, body, headers = {} } = answerTo(request, failure)
  if (status === 401) reply.header('www-authenticate', CHALLENGE)
  return sendJson(reply.headers(headers), body, status)
}

function answerTo(request: FastifyRequest, failure: Failure): FailureAnswer {
  const error = failure.kind === 'error' ? failure.error : undefined
  if (error instanceof RefusedError && error.refusal.kind === 'invalid-input')
    return { status: 400, body: messagesByField(error.refusal.problems) }
  return answerFailure(request, failure, DIALECT)
}

/** What a field must not be is a problem of that field here; a version that is outdated is a failed precondition. */
function answerToConflict({ field, reason, current }: Extract<Refusal, { kind: 'conflict' }>): FailureAnswer {
  if (field === undefined || field === '')
    return { status: current === undefined ? 409 : 412, body: detail(reason) }
  return { status: 400, body: { [wireName(field)]: [reason] } }
}

export const WRONG_STRUCTURE = 'Invalid JSON structure for the selected sample type.'

/** What violates the type of a sample comes together, behind the documented sentence. */
function messagesByField(problems: readonly FieldProblem[]): Record<string, string[]> {
  const byField: Record<string, string[]> = {}
  for (const { field, problem } of problems) {
    const isInfo = field === 'info' || field.startsWith('info.')
    const name = isInfo ? 'sample_info' : wireName(field)
    const before = byField[name] ?? (isInfo ? [WRONG_STRUCTURE] : [])
    byField[name] = [...before, isInfo ? `${field.slice(4).replaceAll('.', '/')}: ${problem}` : problem]
  }
  return byField
}

const WIRE_NAMES: ReadonlyMap<string, string> = new Map([
  ['', 'non_field_errors'],
  ['sampleId', 'sample_id'],
  ['dateCreated', 'date_created'],
  ['sampleType', 'sample_type'],
  ['file', 'non_field_errors'],
])

function wireName(field: string): string {
  return WIRE_NAMES.get(field) ?? field
}

export function unsupported(request: FastifyRequest): { readonly detail: string } {
  return detail(`Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`)
}
