import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { attachFile } from '../../../modules/research/attach-file.ts'
import { binExperiment } from '../../../modules/research/bin.ts'
import { getExperimentDetails } from '../../../modules/research/experiment-details.ts'
import { openFile } from '../../../modules/research/open-file.ts'
import { previewFile } from '../../../modules/research/preview-file.ts'
import { changeExperiment, recordExperiment } from '../../../modules/research/record-experiment.ts'
import type { ResearchServices } from '../../../modules/research/research-services.ts'
import { getSampleDetails } from '../../../modules/research/sample-details.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import {
  MalformedForm,
  type SpooledForm,
  spoolForm,
  withSpoolFolder,
} from '../../../platform/http/spooled-form.ts'
import { optionalText } from '../body-fields.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import { parseExperiment, requiredId } from './parse-bodies.ts'
import { presentExperimentDetails, presentFile } from './present-research.ts'

const ROOT = '/api/v1/research'

/** What the pages of experiments and files call, below `/api/v1/research/`. */
export function experimentRoutes(app: FastifyInstance, services: ResearchServices): void {
  app.get<ById>(`${ROOT}/experiments/:id/details`, async (request) =>
    presentExperimentDetails(request.ctx, await getExperimentDetails(request.ctx, services, idOf(request))),
  )

  app.post(`${ROOT}/experiments`, async (request, reply) => {
    const { ctx } = request
    const { id } = await recordExperiment(ctx, services, parseExperiment(objectBody(request), 'new'))
    reply.code(201).header('location', `${ROOT}/experiments/${id}`)
    return presentExperimentDetails(ctx, await getExperimentDetails(ctx, services, id))
  })

  app.patch<ById>(`${ROOT}/experiments/:id`, async (request) => {
    const { ctx } = request
    const body = objectBody(request)
    const reason = optionalText(body, 'reason', 2000)
    const options = { version: requiredId(body, 'version'), ...(reason === undefined ? {} : { reason }) }
    const { id } = await changeExperiment(
      ctx,
      services,
      idOf(request),
      parseExperiment(body, 'change'),
      options,
    )
    return presentExperimentDetails(ctx, await getExperimentDetails(ctx, services, id))
  })

  app.delete<ById>(`${ROOT}/experiments/:id`, async (request, reply) => {
    await binExperiment(request.ctx, services, idOf(request))
    return reply.code(204).send()
  })

  app.post<ById>(`${ROOT}/samples/:id/files`, async (request, reply) => {
    await receiveFile(request, services, 'sample')
    const { files } = await getSampleDetails(request.ctx, services, idOf(request))
    return reply.code(201).send({ items: files.map(presentFile) })
  })

  app.post<ById>(`${ROOT}/experiments/:id/files`, async (request, reply) => {
    await receiveFile(request, services, 'experiment')
    const { files } = await getExperimentDetails(request.ctx, services, idOf(request))
    return reply.code(201).send({ items: files.map(presentFile) })
  })

  app.get<ById>(`${ROOT}/files/:id/content`, (request, reply) => sendContent(request, reply))

  app.get<ById>(`${ROOT}/files/:id/preview`, async (request) => {
    const { file, preview } = await previewFile(request.ctx, idOf(request))
    const href = presentFile(file).href
    return preview.kind === 'image' || preview.kind === 'pdf' || preview.kind === 'dicom'
      ? { ...preview, href }
      : preview
  })
}

async function receiveFile(
  request: FastifyRequest<ById>,
  services: ResearchServices,
  kind: 'sample' | 'experiment',
): Promise<void> {
  await withSpoolFolder(async (folder) => {
    const { files, fields } = await receiveSpooled(request, folder)
    const [file] = files.values()
    if (!file) throw invalidInput('file', 'This is required.')
    const isMain = fields.get('kind') === 'supplementary_file' || fields.get('kind') === 'experiment_file'
    await attachFile(request.ctx, services, { kind, id: idOf(request) }, file, isMain ? 'main' : 'attachment')
  })
}

/** @throws RefusedError `invalid-input` for what is no form */
export async function receiveSpooled(request: FastifyRequest, folder: string): Promise<SpooledForm> {
  if (!request.isMultipart()) throw invalidInput('', 'Send a multipart form.')
  try {
    return await spoolForm(request, folder)
  } catch (error) {
    if (error instanceof MalformedForm) throw invalidInput('', `The form cannot be read: ${error.message}`)
    throw error
  }
}

const SHOWN_INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
])

async function sendContent(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
  const { file, open } = await openFile(request.ctx, idOf(request))
  const inline = SHOWN_INLINE.has(file.mediaType)
  reply.headers({
    'content-type': inline ? file.mediaType : 'application/octet-stream',
    'content-disposition': contentDisposition(file.name, inline ? 'inline' : 'attachment'),
    'content-length': file.size,
    'cache-control': 'private, max-age=3600',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  return reply.send(await open())
}
