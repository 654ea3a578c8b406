import type { OpenApiPart } from '../../platform/http/openapi-part.ts'

type Schema = Readonly<Record<string, unknown>>

const TEXT: Schema = { type: 'string' }
const REF = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Schema): Schema => ({ content: { 'application/json': { schema } } })
const form = (properties: Schema, required: readonly string[], more: Schema = {}): Schema => ({
  content: { 'multipart/form-data': { schema: { type: 'object', required, properties, ...more } } },
})
const object = (properties: Schema, required: readonly string[] = Object.keys(properties)): Schema => ({
  type: 'object',
  required,
  properties,
})
const done = (schema: Schema): Schema => ({ description: 'Done', ...json(schema) })
const refused = (text: string): Schema => ({ description: text, ...json(REF('Detail')) })
const query = (name: string, description: string): Schema => ({
  name,
  in: 'query',
  description,
  schema: TEXT,
})

const FILE: Schema = { type: 'string', format: 'binary' }
const SIGNED_IN = [{ bearer: [] }]
const ANYBODY: readonly Schema[] = [{}]
const PROBLEMS: Schema = { description: 'What is wrong, by field', ...json(REF('Problems')) }

const KEYS = {
  get: {
    operationId: 'listApiKeys',
    tags: ['api-keys'],
    security: SIGNED_IN,
    responses: { 200: done({ type: 'array', items: REF('ApiKey') }), 403: refused('No developer profile') },
  },
  post: {
    operationId: 'createApiKey',
    tags: ['api-keys'],
    summary: 'The key is shown in this answer alone.',
    security: SIGNED_IN,
    requestBody: json(object({ name: TEXT }, [])),
    responses: { 201: done(REF('NewApiKey')), 400: PROBLEMS, 403: refused('No developer profile') },
  },
}

const KEY = {
  delete: {
    operationId: 'deleteApiKey',
    tags: ['api-keys'],
    security: SIGNED_IN,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    responses: { 204: { description: 'Deleted' }, 404: refused('No such key of the caller') },
  },
}

const GENERATE = {
  post: {
    operationId: 'generateFile',
    tags: ['dicom'],
    summary: 'A DICOM file from a picture and fields named by DICOM keywords.',
    requestBody: form(
      { file_name: { type: 'string', maxLength: 255 }, image: FILE },
      ['file_name', 'image'],
      { additionalProperties: TEXT },
    ),
    responses: {
      200: { description: 'The file', content: { 'application/dicom': { schema: FILE } } },
      400: PROBLEMS,
      429: refused('The quota of the month is used up'),
    },
  },
}

/** The documented DICOM API in OpenAPI. */
export const DICOM_API_OPENAPI: OpenApiPart = {
  api: 'dicom-api',
  title: 'DICOM API',
  version: '1.0.0',
  paths: {
    '/api/token/': {
      post: {
        operationId: 'createTokenPair',
        tags: ['token'],
        security: ANYBODY,
        requestBody: json(object({ email: TEXT, password: { type: 'string', format: 'password' } })),
        responses: {
          200: done(object({ refresh: TEXT, access: TEXT })),
          400: PROBLEMS,
          401: refused('No such account'),
        },
      },
    },
    '/api/token/refresh/': {
      post: {
        operationId: 'refreshToken',
        tags: ['token'],
        security: ANYBODY,
        requestBody: json(object({ refresh: TEXT }, [])),
        responses: { 200: done(object({ access: TEXT })), 401: refused('No valid refresh token') },
      },
    },
    '/api/developer/profiles/': {
      get: {
        operationId: 'readDeveloperProfile',
        tags: ['developer'],
        security: SIGNED_IN,
        responses: { 200: done(REF('DeveloperProfile')), 404: refused('No profile yet') },
      },
      post: {
        operationId: 'writeDeveloperProfile',
        tags: ['developer'],
        security: SIGNED_IN,
        requestBody: json(REF('DeveloperProfile')),
        responses: { 201: done(REF('DeveloperProfile')), 400: PROBLEMS },
      },
    },
    '/api/developer/profiles/activity-summary/': {
      get: {
        operationId: 'readActivitySummary',
        tags: ['developer'],
        responses: { 200: done({ type: 'object' }), 403: refused('No developer profile') },
      },
    },
    '/api-keys/': KEYS,
    '/api/developer/auth/api-keys/': renamed(KEYS, 'Developer'),
    '/api-keys/delete/{id}/': KEY,
    '/api/developer/auth/api-keys/delete/{id}/': renamed(KEY, 'Developer'),
    '/api/dicom-format/allowed-fields/': {
      get: {
        operationId: 'listAllowedFields',
        tags: ['dicom-format'],
        security: ANYBODY,
        parameters: [
          query('fields__contains', 'Part of a keyword.'),
          query('fields__startswith', 'Its beginning.'),
          query('fields__endswith', 'Its end.'),
          query('fields__regex', 'A regular expression from its beginning.'),
        ],
        responses: {
          200: done(object({ allowedFields: { type: 'array', items: TEXT }, dicomVersion: TEXT })),
          400: PROBLEMS,
        },
      },
    },
    '/api/dicom-format/required-field-type/': {
      get: {
        operationId: 'listRequiredFieldTypes',
        tags: ['dicom-format'],
        security: ANYBODY,
        responses: {
          200: done(
            object({
              requiredFieldTypes: { type: 'object', additionalProperties: TEXT },
              dicomVersion: TEXT,
            }),
          ),
        },
      },
    },
    '/api/dicom/read/file/': {
      post: {
        operationId: 'readFile',
        tags: ['dicom'],
        summary:
          'Metadata of a DICOM file or ZIP archive by keyword, and its pictures. Nothing of it is kept.',
        requestBody: form(
          { file: FILE, fields: TEXT, return_format: { type: 'string', enum: ['png', 'gif', 'jpeg'] } },
          ['file'],
        ),
        responses: {
          200: done({ type: 'object', additionalProperties: true }),
          400: PROBLEMS,
          413: refused('Too large'),
          429: refused('The quota of the month is used up'),
        },
      },
    },
    '/api/dicom/generate/': GENERATE,
    '/api/dicom/write/upload_content/': renamed(GENERATE, 'Uploaded'),
  },
  schemas: {
    Detail: object({ detail: TEXT }),
    Problems: { type: 'object', additionalProperties: { type: 'array', items: TEXT } },
    DeveloperProfile: object(
      {
        purpose: {
          type: 'string',
          nullable: true,
          enum: ['testing', 'research', 'education', 'commercial', 'other', '', null],
        },
        organization: { type: 'string', nullable: true, maxLength: 255 },
      },
      [],
    ),
    ApiKey: object({
      id: { type: 'integer' },
      name: TEXT,
      prefix: TEXT,
      created: { type: 'string', format: 'date-time' },
      revoked: { type: 'boolean' },
      expiry_date: { type: 'string', format: 'date-time', nullable: true },
    }),
    NewApiKey: object({ id: { type: 'integer' }, name: TEXT, key: TEXT, api_key: TEXT }),
  },
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    apiKey: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'ApiKey, a blank, and the key.',
    },
  },
}

/** The same operations at the address that running clients use, under ids of their own. */
function renamed<T extends Readonly<Record<string, Schema & { readonly operationId: string }>>>(
  item: T,
  suffix: string,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...operation, operationId: `${operation.operationId}${suffix}` },
    ]),
  )
}
