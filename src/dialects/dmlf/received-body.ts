import type { FastifyRequest } from 'fastify'
import { MalformedForm, type SpooledPart, spoolForm } from '../../platform/http/spooled-form.ts'
import { detail, WireError } from '../../platform/http/wire-error.ts'
import { unsupported } from './errors.ts'

/** The fields of a body: texts of a form, or values of JSON; files stand apart. */
export type ReceivedBody = {
  readonly kind: 'form' | 'json'
  readonly fields: ReadonlyMap<string, unknown>
  readonly files: ReadonlyMap<string, SpooledPart>
}

const NO_FILES: ReadonlyMap<string, SpooledPart> = new Map()

/**
 * Reads the body of a write: a form with files, one without, or JSON.
 *
 * @param folder where files are spooled
 * @throws WireError 400 for what cannot be read, 415 for other types
 */
export async function receiveBody(request: FastifyRequest, folder: string): Promise<ReceivedBody> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  switch (mediaTypeOf(request)) {
    case 'multipart/form-data':
      return { kind: 'form', ...(await readForm(request, folder)) }
    case 'application/x-www-form-urlencoded':
      return { kind: 'form', fields: new Map(new URLSearchParams(raw.toString('utf8'))), files: NO_FILES }
    case 'application/json':
      return { kind: 'json', fields: jsonFields(raw), files: NO_FILES }
    default:
      if (raw.length === 0) return { kind: 'form', fields: new Map(), files: NO_FILES }
      throw new WireError(415, unsupported(request))
  }
}

async function readForm(request: FastifyRequest, folder: string) {
  try {
    return await spoolForm(request, folder)
  } catch (error) {
    if (error instanceof MalformedForm)
      throw new WireError(400, detail(`Multipart form parse error - ${error.message}`))
    throw error
  }
}

/** A content type without its parameters, in lower case. */
export function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type']?.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function jsonFields(raw: Buffer): ReadonlyMap<string, unknown> {
  if (raw.length === 0) return new Map()
  const value = readJson(raw.toString('utf8'))
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value))
  throw new WireError(400, {
    non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonTypeOf(value)}.`],
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

/** What Python calls the type of a value that came as JSON. */
export function pythonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    default:
      return value === null ? 'NoneType' : 'dict'
  }
}
