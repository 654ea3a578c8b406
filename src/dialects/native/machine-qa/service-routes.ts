import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addDays, zoneDay } from '../../../core/calendar.ts'
import { invalidInput } from '../../../core/refusal.ts'
import {
  addAttachment,
  type OpenOwner,
  removeAttachment,
} from '../../../modules/machine-qa/add-attachment.ts'
import { chooseReturnSession } from '../../../modules/machine-qa/service/choose-return-session.ts'
import { commentOn } from '../../../modules/machine-qa/service/comment-on.ts'
import { deleteServiceEvent } from '../../../modules/machine-qa/service/delete-service-event.ts'
import { listServiceMarks } from '../../../modules/machine-qa/service/list-service-marks.ts'
import { getPartDetails } from '../../../modules/machine-qa/service/part-details.ts'
import {
  changeServiceEvent,
  createServiceEvent,
} from '../../../modules/machine-qa/service/save-service-event.ts'
import { serviceChoices } from '../../../modules/machine-qa/service/service-choices.ts'
import { serviceCounts } from '../../../modules/machine-qa/service/service-counts.ts'
import { getServiceEventDetails } from '../../../modules/machine-qa/service/service-event-details.ts'
import { unitAvailability } from '../../../modules/machine-qa/service/unit-availability.ts'
import { getUnitFile } from '../../../modules/machine-qa/service/unit-file.ts'
import { optionalText, requiredText } from '../body-fields.ts'
import { type ById, idOf, objectBody, parametersOf } from '../records.ts'
import { parseServiceForm } from './parse-service-form.ts'
import { requiredId } from './parse-submission.ts'
import { presentChoices, presentPart, presentServiceEvent, presentUnitFile } from './present-service.ts'
import { presentAttachment } from './present-test.ts'
import { dayOf, ids, wholeNumber } from './query-words.ts'
import { receiveForm } from './receive-form.ts'
import type { WireServiceCounts, WireUnitAvailability } from './service.schema.ts'

const SERVICE = '/api/v1/machine-qa/service'
const USUAL_DAYS = 364

/** What the pages of service log and parts call besides the records, below `/api/v1/machine-qa/`. */
export function serviceRoutes(app: FastifyInstance): void {
  eventRoutes(app)

  app.get(`${SERVICE}/choices`, async (request) => {
    const unitId = wholeNumber(parametersOf(request), 'unit')
    return presentChoices(request.ctx, await serviceChoices(request.ctx, unitId))
  })

  app.get(`${SERVICE}/counts`, ({ ctx }): Promise<WireServiceCounts> => serviceCounts(ctx))

  app.get(`${SERVICE}/availability`, async (request): Promise<WireUnitAvailability> => {
    const parameters = parametersOf(request)
    const to = dayOf(parameters, 'to') ?? zoneDay(request.ctx.now(), request.ctx.zone)
    const unitIds = ids(parameters, 'unit')
    const types = ids(parameters, 'type')
    const items = await unitAvailability(request.ctx, {
      from: dayOf(parameters, 'from') ?? addDays(to, -USUAL_DAYS),
      to,
      ...(unitIds ? { unitIds } : {}),
      ...(types ? { serviceTypeIds: types } : {}),
    })
    return { items }
  })

  app.get(`${SERVICE}/marks`, async (request) => {
    const parameters = parametersOf(request)
    const [from, to] = [instantOf(parameters, 'from'), instantOf(parameters, 'to')]
    const marks = await listServiceMarks(request.ctx, { unitIds: ids(parameters, 'unit') ?? [], from, to })
    return { items: marks.map((mark) => ({ ...mark, at: mark.at.toISOString() })) }
  })

  app.post<ById>(`${SERVICE}/returns/:id/session`, async (request) => {
    await chooseReturnSession(request.ctx, idOf(request), requiredId(objectBody(request), 'sessionId'))
    return { id: idOf(request) }
  })

  app.get<ById>('/api/v1/machine-qa/parts/:id/details', async (request) =>
    presentPart(request.ctx, await getPartDetails(request.ctx, idOf(request))),
  )

  app.get<ById>('/api/v1/machine-qa/units/:id/file', async (request) =>
    presentUnitFile(request.ctx, await getUnitFile(request.ctx, idOf(request))),
  )

  for (const [path, kind] of FILE_OWNERS) {
    app.post<ById>(`/api/v1/machine-qa/${path}/:id/attachments`, (request, reply) =>
      addFiles(request, reply, kind),
    )
  }

  app.delete<ById>('/api/v1/machine-qa/attachments/:id', async (request, reply) => {
    await removeAttachment(request.ctx, idOf(request))
    return reply.code(204).send()
  })
}

const FILE_OWNERS: readonly (readonly [path: string, kind: OpenOwner['kind']])[] = [
  ['units', 'unit'],
  ['parts', 'part'],
  ['faults', 'fault'],
  ['service/events', 'serviceEvent'],
]

function eventRoutes(app: FastifyInstance): void {
  app.post(`${SERVICE}/events`, async (request, reply) => {
    const { id } = await createServiceEvent(request.ctx, parseServiceForm(objectBody(request)))
    return reply.code(201).send({ id })
  })

  app.patch<ById>(`${SERVICE}/events/:id`, async (request) => {
    const body = objectBody(request)
    const version = requiredId(body, 'version')
    const reason = optionalText(body, 'reason', 2000)
    const event = await changeServiceEvent(
      request.ctx,
      idOf(request),
      version,
      parseServiceForm(body),
      reason,
    )
    return { id: event.id, version: event.version }
  })

  app.get<ById>(`${SERVICE}/events/:id/details`, async (request) =>
    presentServiceEvent(request.ctx, await getServiceEventDetails(request.ctx, idOf(request))),
  )

  for (const move of ['delete', 'restore'] as const) {
    app.post<ById>(`${SERVICE}/events/:id/${move}`, async (request) => {
      const body = objectBody(request)
      const reason =
        move === 'delete' ? requiredText(body, 'reason', 200) : (optionalText(body, 'reason', 200) ?? '')
      const { id, version } = await deleteServiceEvent(request.ctx, idOf(request), move, reason)
      return { id, version }
    })
  }

  app.post<ById>(`${SERVICE}/events/:id/comments`, async (request, reply) => {
    const text = requiredText(objectBody(request), 'text', 20_000)
    const comment = await commentOn(request.ctx, { kind: 'serviceEvent', id: idOf(request) }, text)
    return reply.code(201).send({ id: comment.id, at: comment.submitDate.toISOString() })
  })
}

async function addFiles(
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  kind: OpenOwner['kind'],
): Promise<FastifyReply> {
  const { files } = await receiveForm(request)
  if (files.length === 0) throw invalidInput('file', 'This is required.')
  const added = []
  for (const file of files) added.push(await addAttachment(request.ctx, { kind, id: idOf(request) }, file))
  return reply.code(201).send({ items: added.map(presentAttachment) })
}

function instantOf(parameters: URLSearchParams, name: string): Date {
  const instant = new Date(parameters.get(name) ?? 'none')
  if (Number.isNaN(instant.getTime())) throw invalidInput(name, 'This must be a time.')
  return instant
}
