import fastifyMultipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import type { CalculationEngine } from '../../modules/calculations/engine.ts'
import type { ImageFiles } from '../../modules/dicom/image-files.ts'
import type { Job } from '../../modules/jobs/job.ts'
import type { Notifications } from '../../modules/notifications/notifications.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import type { Reports } from '../../modules/reports/reports.ts'
import type { ResearchServices } from '../../modules/research/research-services.ts'
import type { ForYouSource } from '../../modules/workspace/find-for-you.ts'
import type { SearchSource } from '../../modules/workspace/search-everything.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { accountRoutes } from './accounts.ts'
import { authenticate } from './authenticate.ts'
import { developerRoutes } from './dicom/developer-routes.ts'
import { fileRoutes } from './dicom/file-routes.ts'
import { imageRoutes } from './dicom/image-routes.ts'
import { refuse } from './errors.ts'
import { followedRoutes } from './followed.ts'
import { forYouRoutes } from './for-you.ts'
import { jobRoutes } from './jobs.ts'
import { certificateRoutes } from './lims/certificate-routes.ts'
import { printingRoutes } from './lims/printing-routes.ts'
import { qualityControlRoutes } from './lims/quality-control-routes.ts'
import { sampleRoutes } from './lims/sample-routes.ts'
import { worksheetRoutes } from './lims/worksheet-routes.ts'
import { linkRoutes } from './links.ts'
import { chartRoutes } from './machine-qa/chart-routes.ts'
import { configurationRoutes } from './machine-qa/configuration-routes.ts'
import { documentRoutes as sessionDocumentRoutes } from './machine-qa/document-routes.ts'
import { faultRoutes } from './machine-qa/fault-routes.ts'
import { performingRoutes } from './machine-qa/performing-routes.ts'
import { previewRoutes } from './machine-qa/preview-routes.ts'
import { programRoutes } from './machine-qa/program-routes.ts'
import { serviceRoutes } from './machine-qa/service-routes.ts'
import { sessionPageRoutes } from './machine-qa/session-routes.ts'
import { testPackRoutes } from './machine-qa/test-pack-routes.ts'
import { workRoutes } from './machine-qa/work-routes.ts'
import { metaRoute } from './meta.ts'
import { notificationRoutes } from './notifications.ts'
import { openApiDocument, openApiRoutes } from './openapi.ts'
import { ownAccountRoutes } from './own-account.ts'
import { preferenceRoutes } from './preferences.ts'
import { qualityRoutes } from './quality/quality-routes.ts'
import { recordRoutes } from './records.ts'
import { documentRoutes as issuedDocumentRoutes } from './reports/document-routes.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { researchRoutes } from './research/research-routes.ts'
import { savedViewRoutes } from './saved-views.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'
import type { SiteFacts } from './site.ts'

/** What our own API needs besides the context of a request. */
export type NativeServices = {
  readonly access: Access
  readonly catalogue: Catalogue
  readonly site: SiteFacts
  readonly calculations: Pick<CalculationEngine, 'evaluate' | 'prepare'>
  readonly notifications: Notifications
  /** work on stored DICOM files */
  readonly images: ImageFiles
  readonly reports: Reports
  readonly quality: Quality
  readonly research: ResearchServices
  readonly jobs: readonly Job[]
  /** what the global search looks through, in the order in which it is shown */
  readonly search: readonly SearchSource[]
  /** what may wait for somebody */
  readonly forYou: readonly ForYouSource[]
}

/** One form: a handful of files, each as large as machine QA stores. */
const UPLOAD_LIMITS = { fileSize: 256 * 2 ** 20, files: 20, fields: 20, fieldSize: 2 ** 20, parts: 40 }

/** Our own REST API below `/api/v1`; the web application uses nothing else. */
export function createNativeDialect(services: NativeServices): Dialect {
  return {
    refuse,
    plugin: async (app) => {
      app.addHook('onRequest', (request) => authenticate(request, services.access))
      readEmptyBodies(app)
      await app.register(fastifyMultipart, { limits: UPLOAD_LIMITS })
      sessionRoutes(app, services.access, services.site)
      linkRoutes(app, services.access, services.site)
      ownAccountRoutes(app, services.access)
      accountRoutes(app, services.access)
      metaRoute(app)
      savedViewRoutes(app)
      preferenceRoutes(app)
      searchRoutes(app, services.search)
      forYouRoutes(app, services.forYou)
      followedRoutes(app)
      jobRoutes(app, services.jobs)
      notificationRoutes(app, services.access, services.notifications)
      openApiRoutes(app, () => openApiDocument(services.catalogue, services.site.version))
      performingRoutes(app, services.calculations)
      sessionPageRoutes(app)
      workRoutes(app)
      serviceRoutes(app)
      faultRoutes(app)
      configurationRoutes(app)
      chartRoutes(app)
      programRoutes(app)
      previewRoutes(app)
      sessionDocumentRoutes(app)
      issuedDocumentRoutes(app, services.reports)
      reportRoutes(app, services.reports)
      testPackRoutes(app)
      developerRoutes(app)
      fileRoutes(app)
      imageRoutes(app, { images: services.images, version: services.site.version })
      qualityRoutes(app, services.quality)
      researchRoutes(app, services.research, services.site)
      sampleRoutes(app, services.calculations)
      worksheetRoutes(app)
      qualityControlRoutes(app)
      printingRoutes(app, services.reports)
      certificateRoutes(app, { ...services.reports, notifications: services.notifications })
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
