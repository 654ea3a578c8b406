import type { FastifyInstance } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import type { ImageFiles } from '../../modules/dicom/image-files.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import { authenticate } from './authenticate.ts'
import { bulkDataRoutes } from './bulk-data-routes.ts'
import { capabilityRoutes } from './capabilities.ts'
import { refuse } from './errors.ts'
import { frameRoutes } from './frame-routes.ts'
import { metadataRoutes } from './metadata-routes.ts'
import { renderedRoutes } from './rendered-routes.ts'
import { retrieveRoutes } from './retrieve-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { storeRoutes } from './store-routes.ts'
import { wadoUriRoutes } from './wado-uri.ts'

export type DicomwebServices = {
  readonly access: Access
  readonly images: ImageFiles
  /** `''` where links follow the request */
  readonly publicUrl: string
}

/** What the routes of this dialect need. */
export type DicomwebService = Omit<DicomwebServices, 'access'> & { readonly mount: string }

/** DICOMweb below `/dicom-web`: QIDO-RS, WADO-RS and STOW-RS of PS3.18, and WADO-URI at `/wado`. */
export function createDicomwebDialect({ access, ...services }: DicomwebServices): Dialect {
  return {
    refuse,
    plugin: async (app: FastifyInstance, { mount }) => {
      const service: DicomwebService = { ...services, mount }
      app.removeAllContentTypeParsers()
      // bodies are read as they arrive, by whoever stores them
      app.addContentTypeParser('*', (_request, body, done) => done(null, body))
      app.addHook('onRequest', (request) => authenticate(request, access))
      app.addHook('onClose', () => services.images.close())
      answerBothSpellings(app)
      searchRoutes(app, service)
      metadataRoutes(app, service)
      retrieveRoutes(app, service)
      bulkDataRoutes(app, service)
      frameRoutes(app, service)
      renderedRoutes(app, service)
      storeRoutes(app, service)
      capabilityRoutes(app)
      wadoUriRoutes(app, service)
    },
  }
}

/** Every path is also answered with a slash at its end. */
function answerBothSpellings(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || /[/*]$/.test(route.url)) return
    app.route({ ...route, url: `${route.url.slice(route.prefix.length)}/` })
  })
}
