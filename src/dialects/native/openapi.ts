import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Field, queryFields, type RecordType } from '../../core/record.ts'
import { openApiPage } from '../../platform/http/openapi-page.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { OPEN } from './authenticate.ts'
import { humanise } from './meta.ts'
import { endpointPaths } from './openapi-endpoints.ts'
import { addressOf } from './records.ts'

type Schema = Readonly<Record<string, unknown>>

/** Operations of one address may come from its record and from endpoints of its own. */
function mergedPaths(parts: readonly Schema[]): Record<string, Schema> {
  const merged: Record<string, Schema> = {}
  for (const [path, item] of parts.flatMap((part) => Object.entries(part))) {
    merged[path] = { ...merged[path], ...(item as Schema) }
  }
  return merged
}

/** OpenAPI 3.1: the record endpoints from their declarations, and the endpoints of their own. */
export function openApiDocument(catalogue: Catalogue, version: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Touchstone', version, description: 'The native API of a Touchstone server.' },
    paths: mergedPaths([...catalogue.records.map(pathsOf), endpointPaths(ERROR)]),
    components: {
      schemas: {
        ...wireSchemas(),
        ...Object.fromEntries(
          catalogue.records.flatMap((record) => [
            [schemaName(record), rowSchema(record)],
            ...(record.writer === 'generic'
              ? [
                  [`${schemaName(record)}Input`, inputSchema(record)],
                  [`${schemaName(record)}Change`, changeSchema(record)],
                ]
              : []),
          ]),
        ),
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'touchstone_session' },
        token: {
          type: 'http',
          scheme: 'Token',
          description: '`Authorization: Token <40 hexadecimal digits>`',
        },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    security: [{ session: [] }, { token: [] }, { bearer: [] }],
  }
}

/** Read when somebody asks for the document. */
function wireSchemas(): Readonly<Record<string, Schema>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'wire-schemas.json'), 'utf8'))
}

/** Serves the document and a reference page made from it. */
export function openApiRoutes(
  app: FastifyInstance,
  document: () => ReturnType<typeof openApiDocument>,
): void {
  app.get('/api/v1/openapi.json', OPEN, async () => document())
  app.get('/api/v1/docs', OPEN, async (_request, reply) => {
    const { info, paths } = document()
    return reply
      .type('text/html; charset=utf-8')
      .send(openApiPage(`Touchstone API ${info.version}`, INTRODUCTION, paths))
  })
}

function schemaName(record: RecordType): string {
  return record.name.replace(/(^|[.-])([a-z])/g, (_all, _separator, letter: string) => letter.toUpperCase())
}

function pathsOf(record: RecordType): Schema {
  const address = addressOf(record)
  const ref = { $ref: `#/components/schemas/${schemaName(record)}` }
  const input = { $ref: `#/components/schemas/${schemaName(record)}Input` }
  const tags = [record.module]
  const one = record.label.one.toLowerCase()
  const many = record.label.many.toLowerCase()
  const answers = (schema: unknown, code = '200') => ({
    [code]: { description: 'Done', content: json(schema) },
    default: { description: 'Refused', content: json(ERROR) },
  })
  const list = {
    get: {
      tags,
      summary: `List ${many}`,
      parameters: LIST_PARAMETERS,
      responses: answers({
        type: 'object',
        properties: {
          items: { type: 'array', items: ref },
          total: { type: ['integer', 'null'] },
          limit: { type: 'integer' },
          offset: { type: 'integer' },
        },
      }),
    },
  }
  const detail = { get: { tags, summary: `Get one ${one}`, responses: answers(ref) } }
  const idParameter = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }]
  if (record.writer === 'verbs')
    return { [address]: list, [`${address}/{id}`]: { parameters: idParameter, ...detail } }
  return {
    [address]: {
      ...list,
      post: {
        tags,
        summary: `Add a ${one}`,
        requestBody: { required: true, content: json(input) },
        responses: answers(ref, '201'),
      },
    },
    [`${address}/{id}`]: {
      parameters: idParameter,
      ...detail,
      patch: {
        tags,
        summary: `Change a ${one}`,
        requestBody: {
          required: true,
          content: json({ $ref: `#/components/schemas/${schemaName(record)}Change` }),
        },
        responses: answers(ref),
      },
      delete: {
        tags,
        summary: `Delete a ${one} that is not in use`,
        responses: { '204': { description: 'Deleted' } },
      },
    },
    ...(record.retirable
      ? Object.fromEntries(
          ['retire', 'restore'].map((move) => [
            `${address}/{id}/${move}`,
            {
              parameters: idParameter,
              post: { tags, summary: `${humanise(move)} a ${one}`, responses: answers(ref) },
            },
          ]),
        )
      : {}),
  }
}

function json(schema: unknown): Schema {
  return { 'application/json': { schema } }
}

const LIST_PARAMETERS = [
  { name: 'q', in: 'query', description: 'Free text in the searched fields.', schema: { type: 'string' } },
  {
    name: 'order',
    in: 'query',
    description: 'Fields, `-` before one for descending, dots across references.',
    schema: { type: 'string' },
  },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 } },
  { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
  { name: 'format', in: 'query', schema: { enum: ['json', 'csv', 'xlsx'] } },
  {
    name: 'conditions',
    in: 'query',
    style: 'form',
    explode: true,
    description: 'Any field path: `name:icontains=x`, `unit.number=3`, `value:!gt=2`.',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
]

const ERROR = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        kind: { type: 'string' },
        message: { type: 'string' },
        problems: {
          type: 'array',
          items: { type: 'object', properties: { field: { type: 'string' }, problem: { type: 'string' } } },
        },
        requestId: { type: 'string' },
      },
    },
  },
}

function rowSchema(record: RecordType): Schema {
  const shown = Object.entries(queryFields(record)).filter(([, { kind }]) => kind !== 'inverse')
  return {
    type: 'object',
    properties: Object.fromEntries(shown.map(([name, field]) => [name, fieldSchema(field, 'answer')])),
  }
}

function inputSchema(record: RecordType): Schema & { readonly properties: Schema } {
  const given = Object.entries(record.fields).filter(
    ([, { kind, readOnly }]) => kind !== 'inverse' && !readOnly,
  )
  return {
    type: 'object',
    additionalProperties: false,
    required: given
      .filter(([, { required, default: standard }]) => required && standard === undefined)
      .map(([name]) => name),
    properties: Object.fromEntries(given.map(([name, field]) => [name, fieldSchema(field, 'input')])),
  }
}

/** Any of the fields, with the version that was read. */
function changeSchema(record: RecordType): Schema {
  const { properties } = inputSchema(record)
  return {
    type: 'object',
    additionalProperties: false,
    required: ['version'],
    properties: {
      ...properties,
      version: { type: 'integer', description: 'The version that you read.' },
      reason: { type: 'string', maxLength: 2000, description: 'Why, for the history.' },
    },
  }
}

const LINK = { type: 'object', properties: { id: { type: 'integer' }, label: { type: 'string' } } }

function fieldSchema(field: Field, side: 'answer' | 'input'): Schema {
  const base = baseSchema(field, side)
  const type = field.nullable && typeof base.type === 'string' ? { type: [base.type, 'null'] } : {}
  const words = field.nullable && Array.isArray(base.enum) ? { enum: [...base.enum, null] } : {}
  return { ...base, ...type, ...words, title: field.label, description: field.help }
}

function baseSchema({ kind, maxLength, min, max, choices }: Field, side: 'answer' | 'input'): Schema {
  switch (kind) {
    case 'integer':
    case 'duration':
      return { type: 'integer', minimum: min, maximum: max }
    case 'number':
    case 'decimal':
      return { type: 'number', minimum: min, maximum: max }
    case 'boolean':
      return { type: 'boolean' }
    case 'day':
      return { type: 'string', format: 'date' }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'choice':
      return { type: 'string', enum: choices?.map(({ value }) => value) }
    case 'reference':
      return side === 'input' ? { type: 'integer' } : LINK
    case 'references':
      return { type: 'array', items: side === 'input' ? { type: 'integer' } : LINK }
    case 'json':
    case 'inverse':
      return {}
    default:
      return { type: 'string', maxLength }
  }
}

const INTRODUCTION = `<p>Everything under <code>/api/v1</code> takes and gives JSON. Send a session cookie, <code>Authorization: Token …</code> or <code>Authorization: Bearer …</code>.
The machine-readable form of this page is <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2>Lists</h2><p><code>q</code> searches; <code>order=-name,unit.number</code> sorts; <code>limit</code> and <code>offset</code> page; <code>field:lookup=value</code> filters, with dots across references and <code>!</code> before the lookup to negate; <code>format=csv|xlsx</code> exports.</p>`
