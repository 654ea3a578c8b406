import type { FastifyInstance, FastifyRequest } from 'fastify'
import { detail, WireError } from './errors.ts'

const DEEPEST = 64

/** Keeps bodies unread until the caller is known to be allowed: the documented order of checks. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/**
 * The body as the documented system reads it: JSON, or a form whose values are texts. No body is an empty object, no
 * content type is read as JSON.
 *
 * @throws WireError 400 for JSON that cannot be read, 415 for other types
 */
export function parseBody(request: FastifyRequest): unknown {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const type = request.headers['content-type'] ?? 'application/json'
  const [mediaType = ''] = type.toLowerCase().split(';')
  if (raw.length === 0) return {}
  switch (mediaType.trim()) {
    case 'application/json':
      return parseJson(raw)
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(raw.toString('utf8')))
    case 'multipart/form-data':
      return parseMultipart(raw, type)
    default:
      throw new WireError(415, detail(`Unsupported media type "${type}" in request.`))
  }
}

function parseJson(raw: Buffer): unknown {
  const text = raw.toString('utf8').replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const literal = /(?<=[[:,\s]|^)-?(NaN|Infinity)(?=[\],}\s]|$)/.exec(text)
    if (literal) throw parseError(`Out of range float values are not JSON compliant: '${literal[0]}'`)
    throw parseError(error instanceof Error ? error.message : 'malformed')
  }
  if (isDeeper(value, DEEPEST)) throw parseError(`nested deeper than ${DEEPEST} levels`)
  return value
}

function parseError(reason: string): WireError {
  return new WireError(400, detail(`JSON parse error - ${reason}`))
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((member) => isDeeper(member, levels - 1))
}

/** Text fields of a multipart form; files have no place in this API. */
function parseMultipart(raw: Buffer, type: string): Record<string, string> {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined)
    throw new WireError(400, detail('Multipart form parse error - Invalid boundary in multipart: None'))
  const fields: Record<string, string> = {}
  for (const part of raw.toString('utf8').split(`--${mark}`).slice(1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /content-disposition:[^\r\n]*?\bname="([^"]*)"/i.exec(head)?.[1]
    if (name !== undefined) fields[name] = rest.join('\r\n\r\n').replace(/\r\n$/, '')
  }
  return fields
}
