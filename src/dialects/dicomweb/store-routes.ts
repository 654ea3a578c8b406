import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requirePermission } from '../../context.ts'
import { STORE_STUDIES } from '../../modules/dicom/permissions.ts'
import { requireJson } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { HttpProblem } from './http-problem.ts'
import type { ByPlace } from './places.ts'
import { presentStored, statusOf } from './present-stored.ts'
import { type BodyPart, boundaryOf, readMultipart } from './read-multipart.ts'
import { serviceBase } from './service-base.ts'
import { type PartOutcome, storePart } from './store-part.ts'

const DICOM = 'application/dicom'

/** Files of one request at most. */
const MOST_PARTS = 10_000

/** STOW-RS: taking in files (PS3.18 10.5). */
export function storeRoutes(app: FastifyInstance, service: DicomwebService): void {
  for (const path of ['/studies', '/studies/:study']) {
    app.post<ByPlace>(`/dicom-web${path}`, async (request, reply) => {
      requirePermission(request.ctx, STORE_STUDIES)
      requireJson(request)
      const outcomes = await service.images.withFolder((folder) =>
        storeParts(request, service, { folder, studyUid: request.params.study }),
      )
      return answer(request, reply, service, outcomes)
    })
  }
}

type Storing = { readonly folder: string; readonly studyUid: string | undefined }

async function storeParts(
  request: FastifyRequest,
  { images }: DicomwebService,
  storing: Storing,
): Promise<readonly PartOutcome[]> {
  const outcomes: PartOutcome[] = []
  for await (const part of partsOf(request)) {
    if (outcomes.length >= MOST_PARTS) throw new HttpProblem(413, `More than ${MOST_PARTS} parts.`)
    outcomes.push(await storePart(request.ctx, images, part, { ...storing, number: outcomes.length }))
  }
  if (outcomes.length === 0) throw new HttpProblem(400, 'The body has no parts.')
  return outcomes
}

/** The files of a body: the parts of multipart/related, or the body itself. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<BodyPart, void, undefined> {
  const type = request.headers['content-type'] ?? ''
  const media = type.split(';', 1)[0]?.trim().toLowerCase()
  const body = request.body as AsyncIterable<Buffer> | undefined
  if (media !== DICOM && media !== 'multipart/related')
    throw new HttpProblem(415, `Files come as multipart/related or ${DICOM}.`)
  if (!body) throw new HttpProblem(400, 'The body is empty.')
  if (media === DICOM) {
    yield { headers: new Map([['content-type', DICOM]]), content: chunksOf(body) }
    return
  }
  const inner = /;\s*type="?([^\s;"]+)/i.exec(type)?.[1]?.toLowerCase()
  if (inner !== undefined && inner !== DICOM)
    throw new HttpProblem(415, `Metadata with bulk data are not taken in; parts must be ${DICOM}.`)
  yield* readMultipart(body, boundaryOf(type))
}

async function* chunksOf(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield* body
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  service: DicomwebService,
  outcomes: readonly PartOutcome[],
): FastifyReply {
  const body = presentStored(outcomes, serviceBase(request, service))
  return reply
    .code(statusOf(outcomes))
    .type('application/dicom+json')
    .send(Buffer.from(JSON.stringify(body)))
}
