import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { ACCESS_RECORDS } from '../../modules/access/records.ts'
import { equipment } from '../../modules/equipment/records/equipment.ts'
import { site } from '../../modules/equipment/records/site.ts'
import { createCatalogue } from '../../platform/records/catalogue.ts'
import { openApiDocument } from './openapi.ts'
import { ENDPOINTS } from './openapi-endpoints.ts'
import { makeNativeDialect } from './testing.ts'

/** What describes the API and is no part of it. */
const ABOUT = ['GET /api/v1/docs', 'GET /api/v1/openapi.json']

/** Every route that follows from no declaration, as registered. */
async function registered(): Promise<string[]> {
  const app = Fastify()
  const found: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') found.push(`${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`)
  })
  app.decorate('stopping', new AbortController().signal)
  await makeNativeDialect({ catalogue: createCatalogue([]), zone: 'UTC' }).plugin(app, { mount: '' })
  await app.ready()
  return found.filter((route) => !ABOUT.includes(route))
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
