import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { transferSyntaxOf } from '../../modules/dicom/domain/transfer-syntax.ts'
import { type BulkValue, findBulkValue, instancesAt, openRange } from '../../modules/dicom/retrieve-images.ts'
import { acceptedOf, covers, type MediaRange, notAcceptable } from './accept.ts'
import { parseByteRange } from './byte-range.ts'
import type { DicomwebService } from './dialect.ts'
import { sendFrames } from './frame-routes.ts'
import { HttpProblem } from './http-problem.ts'
import { type AnswerPart, sendMultipart } from './multipart-answer.ts'
import { type ByPlace, INSTANCE, placeOf } from './places.ts'

const OCTETS = 'application/octet-stream'
const PIXEL_DATA = '7FE00010'

/** WADO-RS: large values by the addresses that metadata name (PS3.18 10.4.1.1.5), also parts of them. */
export function bulkDataRoutes(app: FastifyInstance, service: DicomwebService): void {
  app.get<ByPlace>(`/dicom-web${INSTANCE}/bulkdata/*`, async (request, reply) => {
    const [instance] = await instancesAt(request.ctx, placeOf(request.params), 'download')
    if (!instance) throw new Error('A place without instances was not refused.')
    const place = request.params['*'] ?? ''
    // compressed pixels are given frame by frame
    if (
      place === PIXEL_DATA &&
      instance.frames > 0 &&
      transferSyntaxOf(instance.transferSyntaxUid).encapsulated
    ) {
      const frames = Array.from({ length: instance.frames }, (_, index) => index)
      return sendFrames(request, reply, service, { instance, frames })
    }
    const value = await findBulkValue(request.ctx, service.images, instance, place)
    return send(request, reply, instance, value)
  })
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  instance: PlacedInstance,
  value: BulkValue,
): Promise<FastifyReply> {
  const size = value.kind === 'range' ? value.length : value.bytes.length
  if (chooseKind(acceptedOf(request)) === 'multipart') {
    return sendMultipart(reply, OCTETS, onePart(request, instance, value))
  }
  reply.headers({ 'content-type': OCTETS, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' })
  const range = parseByteRange(request.headers.range, size)
  if (range === 'unsatisfiable')
    throw new HttpProblem(416, 'The range lies behind the value.', { 'content-range': `bytes */${size}` })
  if (!range) return reply.header('content-length', size).send(await bytesOf(request, instance, value))
  const { start, end } = range
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 })
    .send(await bytesOf(request, instance, partOf(value, range)))
}

function chooseKind(accepted: readonly MediaRange[]): 'single' | 'multipart' {
  for (const range of accepted) {
    if (covers(range, OCTETS)) return 'single'
    const type = range.parameters.get('type') ?? OCTETS
    if (covers(range, 'multipart/related') && (type === OCTETS || type === '*/*')) return 'multipart'
  }
  throw notAcceptable([OCTETS, `multipart/related; type="${OCTETS}"`])
}

function partOf(
  value: BulkValue,
  { start, end }: { readonly start: number; readonly end: number },
): BulkValue {
  return value.kind === 'range'
    ? { kind: 'range', start: value.start + start, length: end - start + 1 }
    : { kind: 'made', bytes: value.bytes.subarray(start, end + 1) }
}

async function bytesOf({ ctx }: FastifyRequest, instance: PlacedInstance, value: BulkValue) {
  if (value.kind === 'made') return value.bytes
  return value.length === 0 ? Buffer.alloc(0) : openRange(ctx, instance, value)
}

async function* onePart(
  request: FastifyRequest,
  instance: PlacedInstance,
  value: BulkValue,
): AsyncGenerator<AnswerPart> {
  yield {
    headers: { 'Content-Type': OCTETS },
    content: await bytesOf(request, instance, value),
  }
}
