import type { OpenApiPart } from '../../../platform/http/openapi-part.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import type { Endpoint } from '../endpoint.ts'
import { resourceSchemas } from './components.ts'
import type { Schema } from './field-schema.ts'
import { pathItem } from './operations.ts'
import { PERFORMED_SESSION } from './performed-session-schema.ts'

/** The release of the documented system whose API this is. */
const RELEASE = '3.1.1'

const GET_TOKEN: Schema = {
  post: {
    operationId: 'createAuthToken',
    tags: ['get-token'],
    security: [{}],
    requestBody: {
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['username', 'password'],
            properties: { username: { type: 'string' }, password: { type: 'string', format: 'password' } },
          },
        },
      },
    },
    responses: {
      200: {
        description: '',
        content: {
          'application/json': { schema: { type: 'object', properties: { token: { type: 'string' } } } },
        },
      },
      400: { description: 'What is wrong, by field.' },
    },
  },
}

/** The API as OpenAPI 3.0.3, derived from its endpoints: every operation there is, whoever asks. */
export function qatrackOpenApi(catalogue: Catalogue, endpoints: readonly Endpoint[]): OpenApiPart {
  const resources = new Map(
    endpoints.flatMap(({ resource }) => (resource ? [[resource.path, resource] as const] : [])),
  )
  return {
    api: 'qatrack',
    title: 'QATrack+ API',
    version: RELEASE,
    paths: {
      '/api/get-token/': GET_TOKEN,
      ...Object.fromEntries(endpoints.flatMap((endpoint) => pathsOf(catalogue, endpoint))),
    },
    schemas: {
      ...Object.fromEntries(
        [...resources.values()].flatMap((resource) => resourceSchemas(catalogue, resource)),
      ),
      PerformedSession: PERFORMED_SESSION,
    },
    securitySchemes: {
      token: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'Token, a blank, and the 40 digits that /api/get-token/ gives.',
      },
    },
  }
}

function pathsOf(catalogue: Catalogue, endpoint: Endpoint): [string, Schema][] {
  const { path } = endpoint
  const address = (spelled: string) => (spelled === '' ? '/api/' : `/api/${spelled.replace(':id', '{id}')}/`)
  const own: [string, Schema] = [address(path), pathItem(catalogue, endpoint, 'qa')]
  if (path !== 'qa' && !path.startsWith('qa/')) return [own]
  return [own, [address(path.replace(/^qa/, 'qc')), pathItem(catalogue, endpoint, 'qc')]]
}
