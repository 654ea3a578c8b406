import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { detail, WireError } from '../../../platform/http/wire-error.ts'
import { NO_NUMBER_TEXTS, type NumberTexts, parseWithNumberTexts } from './number-texts.ts'
import { parseMultipart, parseUrlEncoded } from './parse-form.ts'
import { requireFinite, requireModerateJson } from './require-moderate-json.ts'

/** A body as it was read, before anything is known of its shape. */
export type Body = {
  readonly value: unknown
  readonly numberTexts: NumberTexts
  /** the fields of a form, whose values are all texts */
  readonly form?: Readonly<Record<string, string>>
}

/** Larger bodies hold files; their numbers need not be remembered digit by digit. */
const REMEMBERED_BYTES = 4 * 1024 * 1024

/** Keeps bodies unread until the caller is known to be allowed: the documented order of checks. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** The bytes of the body; none for a request without one. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

/**
 * The body as the documented system reads it: JSON, or a form whose values are texts. No body is an empty object, no
 * content type is read as JSON.
 *
 * @throws WireError 400 for what cannot be read, 415 for other types
 */
export function parseBody(request: FastifyRequest): Body {
  const raw = rawBody(request)
  const type = request.headers['content-type'] || 'application/json'
  if (raw.length === 0) return { value: {}, numberTexts: NO_NUMBER_TEXTS }
  switch (mediaTypeOf(type)) {
    case 'application/json':
      return parseJson(raw)
    case 'application/x-www-form-urlencoded':
      return ofForm(parseUrlEncoded(raw))
    case 'multipart/form-data':
      return ofForm(parseMultipart(raw, type))
    default:
      throw new WireError(415, detail(`Unsupported media type "${type}" in request.`))
  }
}

/** The fields of a form body as they came; undefined for every other body, and for one that cannot be read. */
export function sentForm(request: FastifyRequest): Body['form'] {
  const type = request.headers['content-type'] ?? ''
  try {
    switch (mediaTypeOf(type)) {
      case 'application/x-www-form-urlencoded':
        return parseUrlEncoded(rawBody(request))
      case 'multipart/form-data':
        return parseMultipart(rawBody(request), type)
      default:
        return undefined
    }
  } catch (error) {
    // whoever asks for the meaning of the body is told
    if (error instanceof WireError) return undefined
    throw error
  }
}

/** A content type without its parameters, in lower case. */
export function mediaTypeOf(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** The page for browsers sends JSON in a field of its own, since a form can send nothing else. */
function ofForm(fields: Readonly<Record<string, string>>): Body {
  if (fields._content !== undefined) return { ...parseJson(Buffer.from(fields._content)), form: fields }
  return { value: fields, numberTexts: NO_NUMBER_TEXTS, form: fields }
}

function parseJson(raw: Buffer): Body {
  if (!isUtf8(raw)) throw parseError('the body is not UTF-8')
  requireModerateJson(raw)
  const text = raw.toString('utf8').replace(/^\uFEFF/, '')
  const read = parseText(text)
  requireFinite(read.value)
  return read
}

function parseText(text: string): Pick<Body, 'value' | 'numberTexts'> {
  try {
    if (text.length <= REMEMBERED_BYTES) return parseWithNumberTexts(text)
    return { value: JSON.parse(text), numberTexts: NO_NUMBER_TEXTS }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const literal = /(?<=[[:,\s]|^)-?(NaN|Infinity)(?=[\],}\s]|$)/.exec(text)
    if (literal) throw parseError(`Out of range float values are not JSON compliant: '${literal[0]}'`)
    throw parseError(error.message)
  }
}

function parseError(reason: string): WireError {
  return new WireError(400, detail(`JSON parse error - ${reason}`))
}
