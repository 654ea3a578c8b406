import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { ACCESS_RECORDS } from '../../modules/access/records.ts'
import { makeAccess } from '../../modules/access/testing.ts'
import { equipment } from '../../modules/equipment/records/equipment.ts'
import { site } from '../../modules/equipment/records/site.ts'
import { makeNotifications } from '../../modules/notifications/testing.ts'
import { openMailer } from '../../platform/mail/open-mailer.ts'
import { createCatalogue } from '../../platform/records/catalogue.ts'
import { accountRoutes } from './accounts.ts'
import { developerRoutes } from './dicom/developer-routes.ts'
import { fileRoutes } from './dicom/file-routes.ts'
import { followedRoutes } from './followed.ts'
import { forYouRoutes } from './for-you.ts'
import { jobRoutes } from './jobs.ts'
import { linkRoutes } from './links.ts'
import { chartRoutes } from './machine-qa/chart-routes.ts'
import { configurationRoutes } from './machine-qa/configuration-routes.ts'
import { documentRoutes } from './machine-qa/document-routes.ts'
import { performingRoutes } from './machine-qa/performing-routes.ts'
import { previewRoutes } from './machine-qa/preview-routes.ts'
import { programRoutes } from './machine-qa/program-routes.ts'
import { sessionPageRoutes } from './machine-qa/session-routes.ts'
import { testPackRoutes } from './machine-qa/test-pack-routes.ts'
import { workRoutes } from './machine-qa/work-routes.ts'
import { metaRoute } from './meta.ts'
import { notificationRoutes } from './notifications.ts'
import { openApiDocument } from './openapi.ts'
import { ENDPOINTS } from './openapi-endpoints.ts'
import { ownAccountRoutes } from './own-account.ts'
import { preferenceRoutes } from './preferences.ts'
import { documentRoutes as issuedDocumentRoutes } from './reports/document-routes.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { savedViewRoutes } from './saved-views.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'

const NO_REPORTS = {
  kinds: new Map(),
  documentKinds: new Map(),
  builder: { buildPdf: () => Promise.reject(new Error('nothing is written here')) },
  siteName: 'Test',
}

/** Every route that follows from no declaration, as registered. */
async function registered(): Promise<string[]> {
  const app = Fastify()
  const found: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') found.push(`${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`)
  })
  const access = makeAccess()
  const siteFacts = { name: 'Test', zone: 'UTC', demo: false, version: '1' }
  const mailer = openMailer({ kind: 'folder', from: { address: 'qa@lab.example' }, folder: 'never-made' })
  sessionRoutes(app, access, siteFacts)
  linkRoutes(app, access, siteFacts)
  ownAccountRoutes(app, access)
  accountRoutes(app, access)
  metaRoute(app)
  savedViewRoutes(app)
  preferenceRoutes(app)
  searchRoutes(app, [])
  forYouRoutes(app, [])
  jobRoutes(app, [])
  notificationRoutes(app, access, makeNotifications(mailer))
  followedRoutes(app)
  performingRoutes(app, { evaluate: () => Promise.reject(new Error('nothing is calculated here')) })
  sessionPageRoutes(app)
  workRoutes(app)
  configurationRoutes(app)
  chartRoutes(app)
  programRoutes(app)
  previewRoutes(app)
  documentRoutes(app)
  issuedDocumentRoutes(app, NO_REPORTS)
  reportRoutes(app, NO_REPORTS)
  testPackRoutes(app)
  developerRoutes(app)
  fileRoutes(app)
  await app.ready()
  return found
}

it('describes exactly the endpoints that there are', async () => {
  expect((await registered()).sort()).toEqual(Object.keys(ENDPOINTS).sort())
})

it('describes records and other endpoints in one document', () => {
  const document = openApiDocument(createCatalogue([...ACCESS_RECORDS, site, equipment]), '1')
  const paths: Readonly<Record<string, unknown>> = document.paths
  expect(paths['/api/v1/equipment/sites']).toMatchObject({ get: { summary: 'List sites' } })
  expect(paths['/api/v1/saved-views/{id}']).toEqual({
    patch: expect.objectContaining({
      summary: 'Change a view',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    }),
    delete: expect.objectContaining({ summary: 'Remove a view' }),
  })
  expect(paths['/api/v1/choose-password']).toMatchObject({ post: { security: [] } })
})

it('names no schema that it does not hold', () => {
  const document = openApiDocument(createCatalogue([...ACCESS_RECORDS, site, equipment]), '1')
  const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  )
  const held: Readonly<Record<string, unknown>> = document.components.schemas
  expect(named.filter((name) => !(String(name) in held))).toEqual([])
  expect(named).toContain('machine-qa.PerformingForm')
})
