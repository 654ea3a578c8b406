import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { EXPLICIT_LITTLE_ENDIAN } from '../../modules/dicom/domain/transfer-syntax.ts'
import { renderStored } from '../../modules/dicom/read-stored.ts'
import { instancesAt, openInSyntax } from '../../modules/dicom/retrieve-images.ts'
import type { PictureWish } from '../../modules/dicom/threads/stored-file-task.ts'
import { acceptedOf, chooseType } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { HttpProblem } from './http-problem.ts'
import { parseViewport, parseWindow } from './parse-rendering.ts'
import { framesOf } from './places.ts'
import { requireWritable } from './retrieve-routes.ts'

const DICOM = 'application/dicom'
const PICTURES: Readonly<Record<string, PictureWish['format']>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
}

/** WADO-URI: one object by its UIDs, as a picture or as a file (PS3.18 chapter 9). */
export function wadoUriRoutes(app: FastifyInstance, service: DicomwebService): void {
  app.get('/wado', async (request, reply) => {
    const text = parametersOf(request)
    if (text('requestType') !== 'WADO') throw new HttpProblem(400, 'The requestType is WADO.')
    const place = {
      studyUid: required(text, 'studyUID'),
      seriesUid: required(text, 'seriesUID'),
      instanceUid: required(text, 'objectUID'),
    }
    const type = typeOf(request, text('contentType'))
    const [instance] = await instancesAt(request.ctx, place, type === DICOM ? 'download' : 'read')
    if (!instance) throw new Error('A place without instances was not refused.')
    if (type === DICOM) return sendFile(request, reply, service, instance, text('transferSyntax'))
    return sendPicture(request, reply, service, { instance, type, text })
  })
}

type Text = (name: string) => string | undefined

function parametersOf(request: FastifyRequest): Text {
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>
  return (name) => [query[name]].flat().at(-1) || undefined
}

function required(text: Text, name: string): string {
  const value = text(name)
  if (value === undefined) throw new HttpProblem(400, `${name} is missing.`)
  return value
}

function typeOf(request: FastifyRequest, contentType: string | undefined): string {
  const offers = [...Object.keys(PICTURES), DICOM]
  if (contentType === undefined) return chooseType(acceptedOf(request), offers)
  const wanted = contentType.split(',').map((one) => one.split(';', 1)[0]?.trim().toLowerCase())
  const found = offers.find((offer) => wanted.includes(offer))
  if (found === undefined) throw new HttpProblem(406, `The contentType is one of ${offers.join(', ')}.`)
  return found
}

async function sendFile(
  { ctx }: FastifyRequest,
  reply: FastifyReply,
  { images }: DicomwebService,
  instance: PlacedInstance,
  syntax: string | undefined,
): Promise<FastifyReply> {
  const wanted = syntax === undefined ? EXPLICIT_LITTLE_ENDIAN.uid : requireWritable(syntax)
  const file = await openInSyntax(ctx, images, instance, wanted)
  return reply
    .headers({ 'content-type': DICOM, 'content-length': file.size, 'cache-control': 'private, no-cache' })
    .send(file.content)
}

async function sendPicture(
  { ctx }: FastifyRequest,
  reply: FastifyReply,
  { images }: DicomwebService,
  { instance, type, text }: { readonly instance: PlacedInstance; readonly type: string; readonly text: Text },
): Promise<FastifyReply> {
  const [frame = 0] = framesOf(text('frameNumber') ?? '1')
  const center = text('windowCenter')
  const width = text('windowWidth')
  const rows = text('rows')
  const columns = text('columns')
  const size = rows ?? columns
  const viewport = size === undefined ? undefined : parseViewport(`${columns ?? size},${rows ?? size}`)
  const picture = await renderStored(ctx, images, instance, {
    format: PICTURES[type] ?? 'jpeg',
    frame,
    ...(center === undefined && width === undefined ? {} : parseWindow(`${center ?? ''},${width ?? ''}`)),
    ...(viewport ? { viewport } : {}),
  })
  return reply.headers({ 'content-type': type, 'cache-control': 'private, max-age=300' }).send(picture)
}
