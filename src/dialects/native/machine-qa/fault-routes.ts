import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { commentOn } from '../../../modules/machine-qa/service/comment-on.ts'
import { getFaultDetails } from '../../../modules/machine-qa/service/fault-details.ts'
import { reportFault } from '../../../modules/machine-qa/service/report-fault.ts'
import { reviewFaults } from '../../../modules/machine-qa/service/review-faults.ts'
import { optionalInstant, optionalText, requiredText } from '../body-fields.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import { idsOf } from './parse-service-form.ts'
import { optionalInteger, requiredId } from './parse-submission.ts'
import { presentFault } from './present-service.ts'

const FAULTS = '/api/v1/machine-qa/faults'
const LONGEST_CODE = 255
const LONGEST_COMMENT = 20_000

/** What reporting and reviewing faults call besides the records, below `/api/v1/machine-qa/`. */
export function faultRoutes(app: FastifyInstance): void {
  app.post(`${FAULTS}/report`, async (request, reply) => {
    const body = objectBody(request)
    const occurred = optionalInstant(body, 'occurred')
    const comment = optionalText(body, 'comment', LONGEST_COMMENT)
    const { id } = await reportFault(request.ctx, {
      unit: requiredId(body, 'unitId'),
      modality: optionalInteger(body, 'modalityId') ?? null,
      codes: codesOf(body.codes),
      ...(occurred ? { occurred } : {}),
      ...(comment === undefined ? {} : { comment }),
    })
    return reply.code(201).send({ id })
  })

  app.post(`${FAULTS}/review`, async (request) => ({
    items: await reviewFaults(request.ctx, idsOf(objectBody(request), 'faults')),
  }))

  app.get<ById>(`${FAULTS}/:id/details`, async (request) =>
    presentFault(request.ctx, await getFaultDetails(request.ctx, idOf(request))),
  )

  app.post<ById>(`${FAULTS}/:id/comments`, async (request, reply) => {
    const text = requiredText(objectBody(request), 'text', LONGEST_COMMENT)
    const comment = await commentOn(request.ctx, { kind: 'fault', id: idOf(request) }, text)
    return reply.code(201).send({ id: comment.id, at: comment.submitDate.toISOString() })
  })
}

function codesOf(given: unknown): readonly string[] {
  const isList = Array.isArray(given) && given.length <= 100
  if (!isList || !given.every((code) => typeof code === 'string' && code.length <= LONGEST_CODE))
    throw invalidInput('codes', 'This must be a list of codes.')
  return given
}
