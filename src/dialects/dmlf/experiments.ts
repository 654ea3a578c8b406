import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Context, requirePermission } from '../../context.ts'
import { findRecord } from '../../modules/records/get-record.ts'
import { binExperiment } from '../../modules/research/bin.ts'
import type { SpooledFile } from '../../modules/research/domain/stored-file.ts'
import { changeExperiment, recordExperiment } from '../../modules/research/record-experiment.ts'
import { methodRecord } from '../../modules/research/records/method.ts'
import { projectRecord } from '../../modules/research/records/project.ts'
import { staffRecord } from '../../modules/research/records/staff.ts'
import { storeFile } from '../../modules/research/store-file.ts'
import { withSpoolFolder } from '../../platform/http/spooled-form.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { idOf, serveEndpoint } from './endpoint.ts'
import { requireFresh, tagOf } from './entity-tag.ts'
import { readDate, readText } from './field-readers.ts'
import { sendList } from './list.ts'
import { experimentActions } from './options.ts'
import { presentRows } from './present.ts'
import { receiveBody } from './received-body.ts'
import { RESOURCES } from './resource.ts'
import { sendJson } from './send-json.ts'
import type { DmlfSurroundings } from './surroundings.ts'
import { type FieldSource, keyOf, sampleOf, take, takeZip, type WriteMode } from './write-fields.ts'

const RESOURCE = RESOURCES.experiments

/** `/experiments/` and `/experiments/<id>/`. */
export function experimentRoutes(app: FastifyInstance, around: DmlfSurroundings): void {
  const { access } = around
  serveEndpoint(app, {
    url: '/experiments',
    name: 'Experiment List',
    access,
    actions: { POST: experimentActions() },
    handlers: {
      GET: (request, reply) => sendList(request, reply, RESOURCE, around.rootOf(request)),
      POST: (request, reply) => create(around, request, reply),
    },
  })
  serveEndpoint(app, {
    url: '/experiments/:id',
    name: 'Experiment Instance',
    access,
    actions: { PUT: experimentActions() },
    handlers: {
      GET: async (request, reply) => sendExperiment(around, request, reply, await requested(request)),
      PUT: (request, reply) => change(around, request, reply, 'whole'),
      PATCH: (request, reply) => change(around, request, reply, 'part'),
      DELETE: async (request, reply) => {
        requirePermission(request.ctx, 'research.experiment.remove')
        await binExperiment(request.ctx, around.research, (await requested(request)).id)
        return reply.code(204).send()
      },
    },
  })
}

async function requested({ ctx, ...request }: FastifyRequest): Promise<AnyRow> {
  const id = idOf(request as FastifyRequest)
  if (!/^\d{1,15}$/.test(id)) throw new WireError(404, detail('Not found.'))
  const row = await findRecord(ctx, RESOURCE.record, Number(id))
  if (!row) throw new WireError(404, detail('No Experiment matches the given query.'))
  return row
}

async function sendExperiment(
  around: DmlfSurroundings,
  request: FastifyRequest,
  reply: FastifyReply,
  row: AnyRow,
  status = 200,
): Promise<FastifyReply> {
  const [body] = await presentRows(request.ctx, RESOURCE, [row], around.rootOf(request))
  return sendJson(reply.header('etag', tagOf(row)), body, status)
}

type Fields = {
  readonly name: string | undefined
  readonly dateCreated: string | undefined
  readonly file: SpooledFile | undefined
  readonly sampleId: number | undefined
  readonly methodId: number | undefined
  readonly staffId: number | undefined
  readonly projectId: number | undefined
}

/** @throws WireError 400 with every problem at once */
async function parseExperiment(ctx: Context, source: FieldSource): Promise<Fields> {
  const name = await take(source, 'name', readText(255))
  const dateCreated = await take(source, 'date_created', readDate)
  const file = await takeZip(source, 'experiment_file', 'required')
  const sample = await take(source, 'sample', sampleOf(ctx, 'refused'))
  const methodId = await take(source, 'method', keyOf(ctx, methodRecord))
  const staffId = await take(source, 'staff', keyOf(ctx, staffRecord))
  const projectId = await take(source, 'project', keyOf(ctx, projectRecord))
  refuseProblems(source.problems)
  return { name, dateCreated, file, sampleId: sample?.id, methodId, staffId, projectId }
}

async function create(
  around: DmlfSurroundings,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ctx } = request
  requirePermission(ctx, 'research.experiment.add')
  const experiment = await withSpoolFolder(async (folder) => {
    const body = await receiveBody(request, folder)
    const { file, name, dateCreated, ...keys } = await parseExperiment(ctx, {
      body,
      mode: 'whole',
      problems: {},
    })
    const { sampleId, methodId, staffId, projectId } = keys
    // what is required and absent was refused
    if (name === undefined || dateCreated === undefined || !file || sampleId === undefined) throw incomplete()
    if (methodId === undefined || staffId === undefined || projectId === undefined) throw incomplete()
    const stored = await storeFile(ctx, around.research, file)
    const required = { name, dateCreated, sampleId, methodId, staffId, projectId }
    return recordExperiment(ctx, around.research, { ...required, file: stored })
  })
  return sendExperiment(around, request, reply, experiment as unknown as AnyRow, 201)
}

function incomplete(): Error {
  return new Error('a field that is required was read as absent')
}

async function change(
  around: DmlfSurroundings,
  request: FastifyRequest,
  reply: FastifyReply,
  mode: WriteMode,
): Promise<FastifyReply> {
  const { ctx } = request
  requirePermission(ctx, 'research.experiment.change')
  const stored = await requested(request)
  requireFresh(request, stored)
  const experiment = await withSpoolFolder(async (folder) => {
    const body = await receiveBody(request, folder)
    const { file, ...fields } = await parseExperiment(ctx, { body, mode, problems: {} })
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const kept = file ? { file: await storeFile(ctx, around.research, file) } : {}
    return changeExperiment(ctx, around.research, stored.id, { ...given, ...kept })
  })
  return sendExperiment(around, request, reply, experiment as unknown as AnyRow)
}
