import type { FastifyRequest } from 'fastify'
import { unsupportedMediaType } from '../../platform/http/answer-failure.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A content type without its parameters, in lower case. */
export function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type']?.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/**
 * The fields of a small body: JSON, or a form whose values are texts. No body has no fields, no content type is read
 * as JSON.
 *
 * @throws WireError 400 for what cannot be read, 415 for other types
 */
export async function parseFields(request: FastifyRequest): Promise<Fields> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  switch (mediaTypeOf(request)) {
    case '':
    case 'application/json':
      return raw.length === 0 ? {} : parseJson(raw.toString('utf8'))
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(raw.toString('utf8')))
    case 'multipart/form-data':
      return multipartFields(request)
    default:
      if (raw.length === 0) return {}
      throw new WireError(415, unsupportedMediaType(request))
  }
}

function parseJson(text: string): Fields {
  const value = readJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  const kind = Array.isArray(value) ? 'list' : pythonTypeOf(value)
  throw new WireError(400, {
    non_field_errors: [`Invalid data. Expected a dictionary, but got ${kind}.`],
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new WireError(400, detail(`JSON parse error - ${error.message}`))
    throw error
  }
}

function pythonTypeOf(value: unknown): string {
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return 'NoneType'
}

async function multipartFields(request: FastifyRequest): Promise<Fields> {
  requireBoundary(request)
  const fields: Record<string, unknown> = {}
  await readingForm(async () => {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else part.file.resume()
    }
  })
  return fields
}

/** @throws WireError 400 for a form whose parts cannot be told apart */
export function requireBoundary(request: FastifyRequest): void {
  const type = request.headers['content-type'] ?? ''
  if (/boundary=\s*("[^"]+"|[^";\s]+)/i.test(type)) return
  throw new WireError(400, detail('Multipart form parse error - Invalid boundary in multipart: None'))
}

/** Takes a form apart. @throws WireError 400 if it breaks off or is malformed */
export async function readingForm(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Error && isOfTheCaller(error))
      throw new WireError(400, detail(`Multipart form parse error - ${error.message}`))
    throw error
  }
}

/** A connection that was given up, or what the parser of forms cannot read: it throws plain errors. */
function isOfTheCaller(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return true
  return !('statusCode' in error) && MALFORMED.test(error.message)
}

const MALFORMED = /^(unexpected end|malformed|part terminated|multipart:)/i

/** What is wrong with a text that must be there. */
export function problemsOfText(value: unknown): readonly string[] {
  if (value === undefined) return ['This field is required.']
  if (value === null) return ['This field may not be null.']
  if (typeof value !== 'string') return ['Not a valid string.']
  if (value.trim() === '') return ['This field may not be blank.']
  return value.includes('\0') ? ['Null characters are not allowed.'] : []
}

/** What is wrong with a text that may be absent, empty or null. */
export function problemsOfOptionalText(value: unknown): readonly string[] {
  return value === undefined || value === null || value === '' ? [] : problemsOfText(value)
}
