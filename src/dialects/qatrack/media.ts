import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Attachment } from '../../modules/machine-qa/domain/attachment.ts'
import { openAttachment } from '../../modules/machine-qa/open-attachment.ts'
import type { ByteRange } from '../../platform/blobs/blob-store.ts'
import { contentDisposition } from '../../platform/blobs/content-disposition.ts'
import { mayShowInline } from '../../platform/blobs/media-type.ts'
import { NOT_FOUND, WireError } from '../../platform/http/wire-error.ts'
import { authenticate } from './authenticate.ts'
import type { Surroundings } from './exchange.ts'
import { requirePermitted } from './methods.ts'
import { characterProblems } from './wire/field-values.ts'

/** Keeps a file that a browser shows from being more than that file. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** `GET /media/uploads/…`: files of sessions and results, for whoever belongs to machine QA. */
export function mediaRoute(app: FastifyInstance, around: Surroundings): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/media/uploads/*',
    handler: async (request, reply) => {
      await authenticate(request, around.access)
      requirePermitted(request, 'machine-qa.access')
      return sendFile(request, reply)
    },
  })
}

async function sendFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { '*': rest = '' } = request.params as { readonly '*'?: string }
  if (characterProblems(rest).length > 0) throw new WireError(404, NOT_FOUND)
  const { attachment, open } = await openAttachment(request.ctx, { path: `uploads/${rest}` })
  const tag = `"${attachment.sha256}"`
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'Cookie, Authorization' })
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  reply.headers({ ...fileHeaders(attachment), 'accept-ranges': 'bytes' })
  const range = rangeOf(request, attachment.sizeBytes)
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${attachment.sizeBytes}`).send()
  }
  const length = range ? range.end - range.start + 1 : attachment.sizeBytes
  reply.header('content-length', length)
  if (range) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${attachment.sizeBytes}`)
  }
  return reply.send(request.method === 'HEAD' ? undefined : await open(range))
}

/** Pictures that cannot carry script are shown, everything else is downloaded. */
function fileHeaders({ mediaType, label }: Attachment): Record<string, string> {
  const isShown = mediaType.startsWith('image/') && mayShowInline(mediaType)
  return {
    'content-type': isShown ? mediaType : 'application/octet-stream',
    'content-disposition': contentDisposition(label, isShown ? 'inline' : 'attachment'),
    'content-security-policy': SANDBOX,
    'x-content-type-options': 'nosniff',
  }
}

type Part = Required<ByteRange>

/** One range of bytes; several at once, and what is no range, mean the whole file (RFC 9110, 14.2). */
function rangeOf({ headers }: FastifyRequest, size: number): Part | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '')
  const [first = '', last = ''] = match?.slice(1) ?? []
  if (!match || (first === '' && last === '') || headers['if-range'] !== undefined) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return start >= size || end < start ? 'unsatisfiable' : { start, end }
}
