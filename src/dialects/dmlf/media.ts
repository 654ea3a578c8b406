import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isMediaFolder, openMediaFile } from '../../modules/research/open-file.ts'
import type { ByteRange } from '../../platform/blobs/blob-store.ts'
import { contentDisposition } from '../../platform/blobs/content-disposition.ts'
import { NOT_FOUND, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import type { DmlfSurroundings } from './surroundings.ts'

/** `/media/<folder>/<file>/`: for a session as well as for a token, and always as something to be saved. */
export function mediaRoutes(app: FastifyInstance, { access }: DmlfSurroundings): void {
  serveEndpoint(app, {
    url: '/media/:folder/:id',
    name: 'Media',
    access,
    handlers: { GET: (request, reply) => sendFile(request, reply) },
  })
}

async function sendFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { folder = '', id = '' } = request.params as { readonly folder?: string; readonly id?: string }
  if (!isMediaFolder(folder) || id.includes('\0')) throw new WireError(404, NOT_FOUND)
  const { file, open } = await openMediaFile(request.ctx, folder, id)
  const tag = `"${file.sha256}"`
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'Cookie, Authorization' })
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  reply.headers({
    'content-type': folder === 'sample_info' ? 'application/json' : 'application/zip',
    'content-disposition': contentDisposition(id),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  })
  const range = rangeOf(request, file.size)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  reply.header('content-length', range ? range.end - range.start + 1 : file.size)
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  return reply.send(request.method === 'HEAD' ? undefined : await open(range))
}

/** One range of bytes; several at once, and what is no range, mean the whole file (RFC 9110, 14.2). */
function rangeOf(
  { headers }: FastifyRequest,
  size: number,
): Required<ByteRange> | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '')
  const [first = '', last = ''] = match?.slice(1) ?? []
  if (!match || (first === '' && last === '') || headers['if-range'] !== undefined) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return start >= size || end < start ? 'unsatisfiable' : { start, end }
}
