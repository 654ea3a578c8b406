import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ImageFiles } from '../../../modules/dicom/image-files.ts'
import {
  decodeStored,
  getInstance,
  openStored,
  readElements,
  readPixelFacts,
  renderStored,
} from '../../../modules/dicom/read-stored.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { wholeNumber } from '../parse-list-query.ts'
import { parametersOf } from '../records.ts'
import type { WirePixels } from './studies.schema.ts'
import { frameOf, pictureWish } from './study-parameters.ts'

type ByInstance = { Params: { instance: string } }
type ByFrame = { Params: { instance: string; frame: string } }

const BY_INSTANCE = '/api/v1/dicom/instances/:instance'

const MEDIA_TYPES = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif' } as const

/** Instances as the viewer sees them. */
export function instanceRoutes(app: FastifyInstance, images: ImageFiles): void {
  app.get<ByInstance>(`${BY_INSTANCE}/file`, async (request, reply) => {
    const instance = await getInstance(request.ctx, request.params.instance)
    const content = await openStored(request.ctx, instance)
    return reply
      .headers({
        'content-type': 'application/dicom',
        'content-length': instance.sizeBytes,
        'content-disposition': contentDisposition(`${instance.uid}.dcm`),
        'cache-control': 'private, no-store',
      })
      .send(content)
  })

  app.get<ByInstance>(`${BY_INSTANCE}/elements`, async (request, reply) => {
    const parameters = parametersOf(request)
    const page = await readElements(request.ctx, images, request.params.instance, {
      text: parameters.get('q') ?? '',
      limit: wholeNumber(parameters, 'limit', 500, 1, 10_000),
      offset: wholeNumber(parameters, 'offset', 0, 0, 100_000_000),
    })
    return reply.type('application/json').send(page)
  })

  app.get<ByInstance>(`${BY_INSTANCE}/pixels`, async (request): Promise<WirePixels> => {
    const facts = await readPixelFacts(request.ctx, request.params.instance)
    return {
      ...facts,
      windows: facts.windows.map((window) => ({ ...window, explanation: window.explanation ?? null })),
    }
  })

  app.get<ByFrame>(`${BY_INSTANCE}/frames/:frame/rendered`, async (request, reply) => {
    const instance = await getInstance(request.ctx, request.params.instance)
    const wish = { ...pictureWish(parametersOf(request)), frame: frameOf(request.params.frame) }
    const picture = await renderStored(request.ctx, images, instance, wish)
    return kept(reply, MEDIA_TYPES[wish.format]).send(picture)
  })

  app.get<ByFrame>(`${BY_INSTANCE}/frames/:frame/pixels`, async (request, reply) => {
    const instance = await getInstance(request.ctx, request.params.instance)
    const { samples, photometric, rows, columns, samplesPerPixel } = await decodeStored(
      request.ctx,
      images,
      instance,
      frameOf(request.params.frame),
    )
    return kept(reply, 'application/octet-stream')
      .headers({
        'x-photometric-interpretation': photometric.replaceAll(/[^\x20-\x7e]/g, ''),
        'x-rows': rows,
        'x-columns': columns,
        'x-samples-per-pixel': samplesPerPixel,
      })
      .send(samples)
  })
}

/** What is stored never changes, but who may see it does: only the browser of the caller keeps it, and not for long. */
function kept(reply: FastifyReply, mediaType: string): FastifyReply {
  return reply.headers({ 'content-type': mediaType, 'cache-control': 'private, max-age=300' })
}
