import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { renderStored } from '../../modules/dicom/read-stored.ts'
import { instancesAt } from '../../modules/dicom/retrieve-images.ts'
import type { PictureWish } from '../../modules/dicom/threads/stored-file-task.ts'
import { acceptedOf, covers, type MediaRange, notAcceptable } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { HttpProblem } from './http-problem.ts'
import { type AnswerPart, sendMultipart } from './multipart-answer.ts'
import { parseRendering } from './parse-rendering.ts'
import { type ByPlace, framesOf, INSTANCE, PLACES, placeOf } from './places.ts'

/** WADO-RS: pictures and thumbnails (PS3.18 10.4.1.1.3 and 10.4.1.1.4). */
export function renderedRoutes(app: FastifyInstance, service: DicomwebService): void {
  for (const place of [...PLACES, `${INSTANCE}/frames/:frames`]) {
    for (const kind of ['rendered', 'thumbnail'] as const) {
      app.get<ByPlace>(`/dicom-web${place}/${kind}`, async (request, reply) => {
        const frames = request.params.frames === undefined ? undefined : framesOf(request.params.frames)
        const instances = await instancesAt(request.ctx, placeOf(request.params))
        return sendPictures(request, reply, service, { instances, frames, kind })
      })
    }
  }
}

type Wanted = {
  readonly instances: readonly PlacedInstance[]
  readonly frames: readonly number[] | undefined
  readonly kind: 'rendered' | 'thumbnail'
}

type Picture = { readonly instance: PlacedInstance; readonly frame: number }

async function sendPictures(
  request: FastifyRequest,
  reply: FastifyReply,
  { images }: DicomwebService,
  { instances, frames, kind }: Wanted,
): Promise<FastifyReply> {
  const pictures = picturesOf(instances, frames)
  const { format, isMultipart } = chooseForm(acceptedOf(request), kind)
  const wish = parseRendering(request, kind)
  const media = MEDIA[format]
  const render = ({ instance, frame }: Picture) =>
    renderStored(request.ctx, images, instance, { ...wish, format, frame })
  if (isMultipart) {
    return sendMultipart(
      reply,
      media,
      (async function* (): AsyncGenerator<AnswerPart> {
        for (const picture of pictures)
          yield { headers: { 'Content-Type': media }, content: await render(picture) }
      })(),
    )
  }
  reply.headers({ 'content-type': media, 'cache-control': 'private, max-age=300' })
  const [first] = pictures
  const isAnimation = format === 'gif' && frames === undefined && instances.length === 1
  if (isAnimation && first)
    return reply.send(await renderStored(request.ctx, images, first.instance, { ...wish, format }))
  // one picture stands for a series or study: that in its middle
  const representative = frames ? first : pictures[Math.floor(pictures.length / 2)]
  if (!representative) throw new Error('Pictures without any were not refused.')
  return reply.send(await render(instances.length === 1 && !frames && first ? first : representative))
}

function picturesOf(instances: readonly PlacedInstance[], frames: Wanted['frames']): readonly Picture[] {
  const shown = instances.filter((instance) => instance.frames > 0)
  const [first] = shown
  if (!first) {
    throw new HttpProblem(404, instances[0]?.problem ?? 'There are no pixels that could be shown.')
  }
  if (!frames) return shown.map((instance) => ({ instance, frame: 0 }))
  if (frames.some((frame) => frame >= first.frames))
    throw new HttpProblem(404, `The instance has ${first.frames} frames.`)
  return frames.map((frame) => ({ instance: first, frame }))
}

const MEDIA = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif' } as const
const FORMATS = ['jpeg', 'png', 'gif'] as const

type PictureForm = { readonly format: PictureWish['format']; readonly isMultipart: boolean }

function chooseForm(accepted: readonly MediaRange[], kind: Wanted['kind']): PictureForm {
  const formats = kind === 'thumbnail' ? FORMATS.slice(0, 2) : FORMATS
  for (const range of accepted) {
    const single = formats.find((format) => covers(range, MEDIA[format]))
    if (single) return { format: single, isMultipart: false }
    const inner = { type: range.parameters.get('type') ?? '' }
    const several = formats.find((format) => covers(inner, MEDIA[format]))
    if (several && range.type === 'multipart/related') return { format: several, isMultipart: true }
  }
  throw notAcceptable(formats.map((format) => MEDIA[format]))
}
