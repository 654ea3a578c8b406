import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { EXPLICIT_LITTLE_ENDIAN, transferSyntaxOf } from '../../modules/dicom/domain/transfer-syntax.ts'
import { decodeStored, takeStoredFrame } from '../../modules/dicom/read-stored.ts'
import { instancesAt } from '../../modules/dicom/retrieve-images.ts'
import { acceptedOf, covers, type MediaRange, notAcceptable } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { FRAME_MEDIA } from './frame-media.data.ts'
import { HttpProblem } from './http-problem.ts'
import { type AnswerPart, sendMultipart } from './multipart-answer.ts'
import { type ByPlace, framesOf, INSTANCE, placeOf } from './places.ts'
import { serviceBase } from './service-base.ts'

const OCTETS = 'application/octet-stream'

/** WADO-RS: frames as they are stored, or decoded (PS3.18 10.4.1.1.6). */
export function frameRoutes(app: FastifyInstance, service: DicomwebService): void {
  app.get<ByPlace>(`/dicom-web${INSTANCE}/frames/:frames`, async (request, reply) => {
    const frames = framesOf(request.params.frames)
    const [instance] = await instancesAt(request.ctx, placeOf(request.params), 'download')
    if (!instance) throw new Error('A place without instances was not refused.')
    return sendFrames(request, reply, service, { instance, frames })
  })
}

/** `stored` frames have the media type of their compression; `decoded` ones are samples in little endian. */
type FrameForm = {
  readonly kind: 'stored' | 'decoded'
  readonly isMultipart: boolean
  readonly media: string
}

type Wanted = { readonly instance: PlacedInstance; readonly frames: readonly number[] }

export async function sendFrames(
  request: FastifyRequest,
  reply: FastifyReply,
  service: DicomwebService,
  { instance, frames }: Wanted,
): Promise<FastifyReply> {
  if (instance.frames === 0) throw new HttpProblem(404, instance.problem ?? 'The instance has no frames.')
  if (frames.some((frame) => frame >= instance.frames))
    throw new HttpProblem(404, `The instance has ${instance.frames} frames.`)
  const form = chooseForm(acceptedOf(request), instance, frames.length)
  const takes = (frame: number) => takeFrame(request, service, instance, { frame, form })
  if (!form.isMultipart) {
    return reply
      .header('content-type', partType(form, instance))
      .header('cache-control', 'private, no-cache')
      .send(await takes(frames[0] ?? 0))
  }
  const { studyUid, seriesUid, uid } = instance
  const address = `${serviceBase(request, service)}/studies/${studyUid}/series/${seriesUid}/instances/${uid}`
  return sendMultipart(
    reply,
    form.media,
    (async function* (): AsyncGenerator<AnswerPart> {
      for (const frame of frames) {
        const headers = {
          'Content-Type': partType(form, instance),
          'Content-Location': `${address}/frames/${frame + 1}`,
        }
        yield { headers, content: await takes(frame) }
      }
    })(),
  )
}

function partType({ kind, media }: FrameForm, { transferSyntaxUid }: PlacedInstance): string {
  const isNative = media === OCTETS && (kind === 'decoded' || !isCompressed(transferSyntaxUid))
  return `${media}; transfer-syntax=${isNative ? EXPLICIT_LITTLE_ENDIAN.uid : transferSyntaxUid}`
}

function isCompressed(uid: string): boolean {
  return transferSyntaxOf(uid).encapsulated
}

async function takeFrame(
  { ctx }: FastifyRequest,
  { images }: DicomwebService,
  instance: PlacedInstance,
  { frame, form }: { readonly frame: number; readonly form: FrameForm },
): Promise<Buffer> {
  if (form.kind === 'stored') return takeStoredFrame(ctx, images, instance, frame)
  return (await decodeStored(ctx, images, instance, frame)).samples
}

function chooseForm(accepted: readonly MediaRange[], instance: PlacedInstance, count: number): FrameForm {
  for (const range of accepted) {
    const form = formOf(range, instance)
    if (form && (form.isMultipart || count === 1)) return form
  }
  const stored = FRAME_MEDIA[instance.transferSyntaxUid]
  throw notAcceptable([
    `multipart/related; type="${OCTETS}"`,
    ...(stored ? [`multipart/related; type="${stored}"; transfer-syntax=${instance.transferSyntaxUid}`] : []),
  ])
}

/** What a range accepts of the instance: decoded by default, as stored where its syntax or any is named. */
function formOf(range: MediaRange, { transferSyntaxUid: uid }: PlacedInstance): FrameForm | undefined {
  const isMultipart = covers(range, 'multipart/related')
  const type = isMultipart ? (range.parameters.get('type') ?? OCTETS) : range.type
  const syntax = range.parameters.get('transfer-syntax')
  const stored = isCompressed(uid) ? (FRAME_MEDIA[uid] ?? OCTETS) : OCTETS
  if (covers({ type }, OCTETS)) {
    const form = octetForm(uid, syntax)
    return form && { ...form, isMultipart, media: form.kind === 'stored' ? stored : OCTETS }
  }
  const isOfSyntax = syntax === undefined || syntax === '*' || syntax === uid
  return covers({ type }, stored) && isOfSyntax ? { kind: 'stored', isMultipart, media: stored } : undefined
}

function octetForm(uid: string, syntax: string | undefined): Pick<FrameForm, 'kind'> | undefined {
  if (!isCompressed(uid)) {
    const isGiven = syntax === undefined || syntax === '*' || syntax === EXPLICIT_LITTLE_ENDIAN.uid
    return isGiven ? { kind: 'stored' } : undefined
  }
  if (syntax === '*' || syntax === uid) return { kind: 'stored' }
  const isPlain = syntax === undefined || syntax === EXPLICIT_LITTLE_ENDIAN.uid
  return isPlain ? { kind: 'decoded' } : undefined
}
