import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PlacedInstance } from '../../modules/dicom/domain/stored-study.ts'
import { LOSSLESS_TARGETS } from '../../modules/dicom/domain/transcoding-targets.ts'
import { EXPLICIT_LITTLE_ENDIAN, TRANSFER_SYNTAXES } from '../../modules/dicom/domain/transfer-syntax.ts'
import { instancesAt, openInSyntax } from '../../modules/dicom/retrieve-images.ts'
import { acceptedOf, covers, type MediaRange, notAcceptable } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { isFresh, tagOfInstances } from './entity-tag.ts'
import { HttpProblem } from './http-problem.ts'
import { type AnswerPart, sendMultipart } from './multipart-answer.ts'
import { type ByPlace, PLACES, placeOf } from './places.ts'
import { serviceBase } from './service-base.ts'

const DICOM = 'application/dicom'
const MULTIPART = 'multipart/related'

/** How files are sent, and in which transfer syntax: `*` as they are stored, `default` where nobody said. */
type Form = { readonly kind: 'multipart' | 'single'; readonly syntax: string }

/** WADO-RS: the files of a study, a series or an instance (PS3.18 10.4.1.1.1). */
export function retrieveRoutes(app: FastifyInstance, service: DicomwebService): void {
  for (const place of PLACES) {
    app.get<ByPlace>(`/dicom-web${place}`, async (request, reply) => {
      const instances = await instancesAt(request.ctx, placeOf(request.params), 'download')
      const form = chooseForm(acceptedOf(request), instances)
      const tag = tagOfInstances(instances)
      reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
      if (form.syntax === '*' && isFresh(request, tag)) return reply.code(304).send()
      const [only] = instances
      if (form.kind === 'single' && only) return sendSingle(request, reply, service, only, form.syntax)
      return sendMultipart(reply, DICOM, fileParts(request, service, instances, form.syntax))
    })
  }
}

function chooseForm(accepted: readonly MediaRange[], instances: readonly PlacedInstance[]): Form {
  for (const range of accepted) {
    const form = formOf(range, instances)
    if (form && isPossible(form.syntax, instances)) return form
  }
  throw notAcceptable([`${MULTIPART}; type="${DICOM}"`, DICOM])
}

function formOf(range: MediaRange, instances: readonly PlacedInstance[]): Form | undefined {
  const syntax = range.parameters.get('transfer-syntax') ?? 'default'
  if (covers(range, MULTIPART)) {
    const type = range.parameters.get('type') ?? DICOM
    return type === DICOM ? { kind: 'multipart', syntax } : undefined
  }
  return covers(range, DICOM) && instances.length === 1 ? { kind: 'single', syntax } : undefined
}

/** Whether every file has that form or may be brought into it. */
function isPossible(syntax: string, instances: readonly PlacedInstance[]): boolean {
  if (syntax === '*' || syntax === 'default') return true
  return instances.every(
    (instance) =>
      instance.transferSyntaxUid === syntax || (LOSSLESS_TARGETS.has(syntax) && isDecodable(instance)),
  )
}

function isDecodable({ transferSyntaxUid, frames, problem }: PlacedInstance): boolean {
  if (frames === 0 && problem !== null) return false
  return TRANSFER_SYNTAXES.some(({ uid, codec }) => uid === transferSyntaxUid && codec !== 'opaque')
}

/** Without a wish files come in explicit little endian, but for those whose pixels nobody here can decode. */
function syntaxFor(instance: PlacedInstance, syntax: string): string {
  if (syntax === '*') return 'stored'
  if (syntax !== 'default') return syntax
  return isDecodable(instance) ? EXPLICIT_LITTLE_ENDIAN.uid : 'stored'
}

async function sendSingle(
  { ctx }: FastifyRequest,
  reply: FastifyReply,
  { images }: DicomwebService,
  instance: PlacedInstance,
  syntax: string,
): Promise<FastifyReply> {
  const file = await openInSyntax(ctx, images, instance, syntaxFor(instance, syntax))
  return reply
    .headers({
      'content-type': `${DICOM}; transfer-syntax=${file.syntax}`,
      'content-length': file.size,
      'content-disposition': `attachment; filename="${instance.uid}.dcm"`,
    })
    .send(file.content)
}

async function* fileParts(
  request: FastifyRequest,
  service: DicomwebService,
  instances: readonly PlacedInstance[],
  syntax: string,
): AsyncGenerator<AnswerPart> {
  const base = serviceBase(request, service)
  for (const instance of instances) {
    const { studyUid, seriesUid, uid } = instance
    const file = await openInSyntax(request.ctx, service.images, instance, syntaxFor(instance, syntax))
    yield {
      headers: {
        'Content-Type': `${DICOM}; transfer-syntax=${file.syntax}`,
        'Content-Location': `${base}/studies/${studyUid}/series/${seriesUid}/instances/${uid}`,
      },
      content: file.content,
    }
  }
}

/** A transfer syntax that a query names. @throws HttpProblem 406 */
export function requireWritable(syntax: string): string {
  if (LOSSLESS_TARGETS.has(syntax)) return syntax
  throw new HttpProblem(406, `Files are not given in the transfer syntax ${syntax}.`)
}
