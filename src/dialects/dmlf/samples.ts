import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Context, requirePermission } from '../../context.ts'
import { binSample } from '../../modules/research/bin.ts'
import { changeSample } from '../../modules/research/change-sample.ts'
import type { SpooledFile, StoredFile } from '../../modules/research/domain/stored-file.ts'
import { findInfoPolicy } from '../../modules/research/info-policy.ts'
import type { Sample } from '../../modules/research/records/sample.ts'
import { registerSample } from '../../modules/research/register-sample.ts'
import { findSampleById } from '../../modules/research/sample-ids.ts'
import { storeFile } from '../../modules/research/store-file.ts'
import { withSpoolFolder } from '../../platform/http/spooled-form.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import { idOf, serveEndpoint } from './endpoint.ts'
import { requireFresh, tagOf } from './entity-tag.ts'
import { sendList } from './list.ts'
import { sampleActions } from './options.ts'
import { parseSample, type SampleFields } from './parse-sample.ts'
import { presentRows } from './present.ts'
import { receiveBody } from './received-body.ts'
import { RESOURCES } from './resource.ts'
import { sendJson } from './send-json.ts'
import type { DmlfSurroundings } from './surroundings.ts'
import type { WriteMode } from './write-fields.ts'

const RESOURCE = RESOURCES.samples

/** `/samples/` and `/samples/<sample_id>/`. */
export function sampleRoutes(app: FastifyInstance, around: DmlfSurroundings): void {
  const { access } = around
  serveEndpoint(app, {
    url: '/samples',
    name: 'Sample List',
    access,
    actions: { POST: sampleActions() },
    handlers: {
      GET: (request, reply) => sendList(request, reply, RESOURCE, around.rootOf(request)),
      POST: (request, reply) => create(around, request, reply),
    },
  })
  serveEndpoint(app, {
    url: '/samples/:id',
    name: 'Sample Instance',
    access,
    actions: { PUT: sampleActions() },
    handlers: {
      GET: async (request, reply) => sendSample(around, request, reply, await requested(request)),
      PUT: (request, reply) => change(around, request, reply, 'whole'),
      PATCH: (request, reply) => change(around, request, reply, 'part'),
      DELETE: async (request, reply) => {
        requirePermission(request.ctx, 'research.sample.remove')
        await binSample(request.ctx, around.research, (await requested(request)).id)
        return reply.code(204).send()
      },
    },
  })
}

/** @throws WireError 404 in the documented words */
async function requested(request: FastifyRequest): Promise<Sample> {
  const id = idOf(request)
  const sample = id.length <= 100 && !id.includes('\0') ? await findSampleById(request.ctx, id) : undefined
  if (!sample) throw new WireError(404, detail('No Sample matches the given query.'))
  return sample
}

async function sendSample(
  around: DmlfSurroundings,
  request: FastifyRequest,
  reply: FastifyReply,
  sample: Sample,
  status = 200,
): Promise<FastifyReply> {
  const [body] = await presentRows(request.ctx, RESOURCE, [sample], around.rootOf(request))
  reply.header('etag', tagOf(sample))
  if (sample.warningCount > 0 && status !== 404) reply.header('x-validation-warnings', sample.warningCount)
  return sendJson(reply, body, status)
}

async function create(
  around: DmlfSurroundings,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ctx } = request
  const { research } = around
  requirePermission(ctx, 'research.sample.add')
  const sample = await withSpoolFolder(async (folder) => {
    const body = await receiveBody(request, folder)
    const fields = await parseSample(ctx, research, { body, mode: 'whole', problems: {} }, undefined)
    const { sampleId, name, dateCreated, info, instituteId, projectId, sampleTypeId } = fields
    // what is required and absent was refused
    if (sampleId === undefined || name === undefined || dateCreated === undefined || info === undefined)
      throw incomplete()
    if (instituteId === undefined || projectId === undefined || sampleTypeId === undefined) throw incomplete()
    const required = { sampleId, name, dateCreated, info, instituteId, projectId, sampleTypeId }
    return registerSample(
      ctx,
      research,
      {
        ...required,
        methodId: fields.methodId ?? null,
        parentId: fields.parentId ?? null,
        ...(await storedFiles(ctx, around, fields)),
      },
      { violations: await findInfoPolicy(ctx, sampleTypeId), legacy: true },
    )
  })
  return sendSample(around, request, reply, sample, 201)
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
  const { research } = around
  requirePermission(ctx, 'research.sample.change')
  const stored = await requested(request)
  requireFresh(request, stored)
  const sample = await withSpoolFolder(async (folder) => {
    const body = await receiveBody(request, folder)
    const fields = await parseSample(ctx, research, { body, mode, problems: {} }, stored)
    const { sampleId: _id, infoFile: _infoFile, supplementaryFile: _file, ...plain } = fields
    const cleared =
      mode === 'whole' ? { methodId: fields.methodId ?? null, parentId: fields.parentId ?? null } : {}
    const files = await storedFiles(ctx, around, fields)
    const given = Object.fromEntries(
      Object.entries({ ...plain, ...cleared }).filter(([, value]) => value !== undefined),
    )
    return changeSample(
      ctx,
      research,
      stored.id,
      { ...given, ...files },
      {
        violations: await findInfoPolicy(ctx, fields.sampleTypeId ?? stored.sampleType),
        legacy: true,
      },
    )
  })
  return sendSample(around, request, reply, sample)
}

type StoredFiles = { readonly infoFile?: StoredFile; readonly supplementaryFile?: StoredFile }

/** Nothing was wrong with the request, so its files are kept. */
async function storedFiles(
  ctx: Context,
  { research }: DmlfSurroundings,
  fields: SampleFields,
): Promise<StoredFiles> {
  const store = (file: SpooledFile) => storeFile(ctx, research, file)
  return {
    ...(fields.infoFile ? { infoFile: await store(fields.infoFile) } : {}),
    ...(fields.supplementaryFile ? { supplementaryFile: await store(fields.supplementaryFile) } : {}),
  }
}
