import type { FastifyInstance } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { authenticate } from './authenticate.ts'
import { refuse } from './errors.ts'
import { metaRoute } from './meta.ts'
import { openApiDocument, openApiRoutes } from './openapi.ts'
import { recordRoutes } from './records.ts'
import { sessionRoutes } from './session.ts'
import type { SiteFacts } from './site.ts'

/** What our own API needs besides the context of a request. */
export type NativeServices = {
  readonly access: Access
  readonly catalogue: Catalogue
  readonly site: SiteFacts
}

/** Our own REST API below `/api/v1`; the web application uses nothing else. */
export function createNativeDialect(services: NativeServices): Dialect {
  return {
    name: 'native',
    owns: (path) => path === '/api/v1' || path.startsWith('/api/v1/'),
    refuse,
    plugin: async (app) => {
      app.addHook('onRequest', (request) => authenticate(request, services.access))
      readEmptyBodies(app)
      sessionRoutes(app, services.access, services.site)
      metaRoute(app)
      openApiRoutes(app, () => openApiDocument(services.catalogue, services.site.version))
      for (const record of services.catalogue.records) recordRoutes(app, record)
    },
  }
}

/** An empty body is no body, also where the client says that it sends JSON. */
function readEmptyBodies(app: FastifyInstance): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body)
    if (text.trim() === '') return done(null, undefined)
    try {
      done(null, JSON.parse(text))
    } catch (error) {
      done(
        Object.assign(new Error(error instanceof Error ? error.message : 'malformed JSON'), {
          statusCode: 400,
        }),
      )
    }
  })
}
