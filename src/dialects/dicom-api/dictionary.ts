import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DICTIONARY_EDITION } from '../../modules/dicom/domain/dictionary.ts'
import { listFieldTypes } from '../../modules/dicom/domain/field-types.ts'
import { listKeywords } from '../../modules/dicom/read-file.ts'
import { serveEndpoint } from './endpoint.ts'
import { type FieldTest, filterKeywords, parsePattern } from './field-filters.ts'

/** Scripts compare it; the edition of our dictionary stands beside it. */
const VERSIONS = { dicomVersion: '3.0.1', standardEdition: DICTIONARY_EDITION } as const

/** `/api/dicom-format/…`: what fields there are, for everybody; whatever credential comes along is not looked at. */
export function dictionaryRoutes(app: FastifyInstance): void {
  serveEndpoint(app, {
    urls: ['/api/dicom-format/allowed-fields/'],
    name: 'Allowed Fields',
    access: 'public',
    handlers: {
      GET: async (request, reply) => {
        const allowedFields = await filterKeywords(listKeywords(), parseFilters(request))
        return sendCached(request, reply, { allowedFields, ...VERSIONS })
      },
    },
  })
  serveEndpoint(app, {
    urls: ['/api/dicom-format/required-field-type/'],
    name: 'Required Field Type',
    access: 'public',
    handlers: {
      GET: async (request, reply) =>
        sendCached(request, reply, { requiredFieldTypes: listFieldTypes(), ...VERSIONS }),
    },
  })
}

const FILTERS: Readonly<Record<string, (given: string) => FieldTest>> = {
  fields__contains: (given) => (keyword) => keyword.includes(given),
  fields__startswith: (given) => (keyword) => keyword.startsWith(given),
  fields__endswith: (given) => (keyword) => keyword.endsWith(given),
  fields__regex: parsePattern,
}

/** The last of several of one name counts; a blank one is as if it were not there. */
function parseFilters({ query }: FastifyRequest): readonly FieldTest[] {
  const given = query as Readonly<Record<string, unknown>>
  return Object.entries(FILTERS).flatMap(([name, make]) => {
    const value = Array.isArray(given[name]) ? given[name].at(-1) : given[name]
    return typeof value === 'string' && value.trim() !== '' ? [make(value.trim())] : []
  })
}

function sendCached(request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  const bytes = Buffer.from(JSON.stringify(body))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  reply.headers({ etag, 'cache-control': 'public, max-age=86400', vary: 'Accept' })
  if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  return reply.type('application/json').send(bytes)
}
