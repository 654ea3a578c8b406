import type { OpenApiPart } from '../../platform/http/openapi-part.ts'
import { RESOURCES, type Resource, type WireField } from './resource.ts'

type Schema = Readonly<Record<string, unknown>>

const TEXT: Schema = { type: 'string' }
const JWT = [{ jwtAuth: [] }]
const FILE: Schema = { type: 'string', format: 'binary' }
const WRITABLE = ['samples', 'experiments']
/** set by the server, whatever is sent */
const READ_ONLY = ['id', 'user', 'date_registered']

/** The documented research data API in OpenAPI, with the operation ids that client generators depend on. */
export const DMLF_OPENAPI: OpenApiPart = {
  api: 'dmlf',
  title: 'DataMiningLab API',
  version: '0.2.0',
  paths: {
    '/api/token/': {
      post: tokenOperation('api_token_create', 'TokenObtainPair'),
    },
    '/api/token/refresh/': {
      post: tokenOperation('api_token_refresh_create', 'TokenRefresh'),
    },
    '/api/sample-type-info/': {
      get: {
        operationId: 'api_sample_type_info_retrieve',
        tags: ['api'],
        security: JWT,
        parameters: [{ name: 'sample_type_name', in: 'query', required: true, schema: TEXT }],
        responses: {
          200: done(ref('SampleTypeInfoResponse')),
          404: { description: 'There is no such type' },
        },
      },
    },
    ...Object.fromEntries(Object.values<Resource>(RESOURCES).flatMap(pathsOf)),
  },
  schemas: {
    ...Object.fromEntries(
      Object.values<Resource>(RESOURCES).map((resource) => [resource.model, schemaOf(resource, 'read')]),
    ),
    PatchedSample: schemaOf(RESOURCES.samples, 'patch'),
    PatchedExperiment: schemaOf(RESOURCES.experiments, 'patch'),
    SampleTypeInfoResponse: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          type: TEXT,
          help_text: TEXT,
          required: { type: 'boolean' },
          allow_null: { type: 'boolean' },
        },
      },
    },
    TokenObtainPair: {
      type: 'object',
      required: ['username', 'password'],
      properties: {
        username: { ...TEXT, writeOnly: true },
        password: { ...TEXT, writeOnly: true },
        access: { ...TEXT, readOnly: true },
        refresh: { ...TEXT, readOnly: true },
      },
    },
    TokenRefresh: {
      type: 'object',
      required: ['refresh'],
      properties: { access: { ...TEXT, readOnly: true }, refresh: { ...TEXT, writeOnly: true } },
    },
  },
  securitySchemes: { jwtAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
}

function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

function done(schema: Schema): Schema {
  return { description: '', content: { 'application/json': { schema } } }
}

function tokenOperation(operationId: string, model: string): Schema {
  return {
    operationId,
    tags: ['api'],
    security: [{}],
    requestBody: { required: true, content: { 'application/json': { schema: ref(model) } } },
    responses: { 200: done(ref(model)), 401: { description: 'No such account, or no valid token' } },
  }
}

function pathsOf(resource: Resource): readonly (readonly [string, Schema])[] {
  const { path, model } = resource
  const common = { tags: [path], security: JWT }
  const [key] = resource.fields
  const id = {
    name: key?.name ?? 'id',
    in: 'path',
    required: true,
    schema: typeOf(key ?? { name: 'id', kind: 'integer', field: 'id' }),
  }
  const list = {
    ...common,
    operationId: `${path}_list`,
    parameters: resource.fields.flatMap(filterOf),
    responses: { 200: done({ type: 'array', items: ref(model) }) },
  }
  const retrieve = {
    ...common,
    operationId: `${path}_retrieve`,
    parameters: [id],
    responses: { 200: done(ref(model)), 404: { description: 'Not found' } },
  }
  if (!WRITABLE.includes(path))
    return [
      [`/${path}/`, { get: list }],
      [`/${path}/{${id.name}}/`, { get: retrieve }],
    ]
  const write = (
    name: string,
    what: 'write' | 'patch',
    status: 200 | 201,
    parameters: readonly unknown[],
  ) => ({
    ...common,
    operationId: `${path}_${name}`,
    parameters,
    requestBody: { required: what === 'write', content: contentOf(schemaOf(resource, what)) },
    responses: { [status]: done(ref(model)), 400: { description: 'What is wrong, by field' } },
  })
  return [
    [`/${path}/`, { get: list, post: write('create', 'write', 201, []) }],
    [
      `/${path}/{${id.name}}/`,
      {
        get: retrieve,
        put: write('update', 'write', 200, [id]),
        patch: write('partial_update', 'patch', 200, [id]),
        delete: {
          ...common,
          operationId: `${path}_destroy`,
          parameters: [id],
          responses: { 204: { description: 'No body' }, 409: { description: 'Something refers to it' } },
        },
      },
    ],
  ]
}

function contentOf(schema: Schema): Schema {
  return { 'multipart/form-data': { schema }, 'application/x-www-form-urlencoded': { schema } }
}

function filterOf(field: WireField): readonly Schema[] {
  return field.kind === 'file'
    ? []
    : [{ name: field.name, in: 'query', required: false, schema: typeOf(field) }]
}

function typeOf({ kind, maxLength }: WireField): Schema {
  switch (kind) {
    case 'integer':
    case 'relation':
      return { type: 'integer' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'datetime':
      return { type: 'string', format: 'date-time' }
    case 'email':
      return { type: 'string', format: 'email', maxLength }
    case 'file':
      return { type: 'string', format: 'uri' }
    default:
      return maxLength === undefined ? TEXT : { type: 'string', maxLength }
  }
}

/** `read` as answers have it, `write` and `patch` as bodies do. */
function schemaOf({ fields }: Resource, what: 'read' | 'write' | 'patch'): Schema {
  const shown = what === 'read' ? fields : fields.filter(({ name }) => !READ_ONLY.includes(name))
  const required =
    what === 'patch'
      ? []
      : shown.filter(({ nullable }) => what === 'read' || !nullable).map(({ name }) => name)
  const properties = shown.map((field) => {
    const isUpload = field.kind === 'file' && what !== 'read'
    const readOnly = what === 'read' && READ_ONLY.includes(field.name) ? { readOnly: true } : {}
    const nullable = field.nullable ? { nullable: true } : {}
    return [field.name, { ...(isUpload ? FILE : typeOf(field)), ...readOnly, ...nullable }]
  })
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(properties),
  }
}
