import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQaSite, tokenOf } from '../support/qa-fixture.ts'

type Operation = { readonly operationId: string; readonly parameters?: readonly { readonly name: string }[] }

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> }
}

describe('the schema of the QATrack+ API', () => {
  let site: Site
  let app: App
  beforeAll(async () => {
    site = await openTestSite(await makeSitePlace('sqlite'))
    await fillQaSite(site)
    app = await createApp(site, { demo: false })
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
  })

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    app.server.inject({ url, headers: { host: 'testserver', ...headers } })

  it.each([
    ['as the documented sample asks', '/api/schema', { accept: '*/*' }, 'application/vnd.oai.openapi'],
    ['without Accept', '/api/schema/', {}, 'application/vnd.oai.openapi'],
    ['as JSON', '/api/schema/', { accept: 'application/json' }, 'application/json'],
    ['in its own type', '/api/schema/?format=openapi-json', {}, 'application/vnd.oai.openapi+json'],
    ['alone', '/compat/qatrack/api/schema/', {}, 'application/vnd.oai.openapi'],
    ['named', '/api/schema/?api=qatrack', {}, 'application/vnd.oai.openapi'],
  ])('is JSON %s', async (_how, url, headers, type) => {
    const answer = await get(url, headers)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(type)
    const { title } = answer.json().info
    expect(title).toBe(/compat|api=/.test(url) ? 'QATrack+ API' : 'Touchstone')
    expect(answer.json()).toMatchObject({ openapi: '3.0.3' })
  })

  it.each([
    ['a bad token', '/api/schema/', { authorization: 'Token abc' }, 401],
    ['another API', '/api/schema/?api=other', {}, 404],
    ['an unknown format', '/api/schema/?format=xml', {}, 404],
    ['another type', '/api/schema/', { accept: 'image/png' }, 406],
  ])('is not to be had with %s', async (_what, url, headers, status) => {
    expect((await get(url, headers)).statusCode).toBe(status)
  })

  it('is a page for browsers', async () => {
    const answer = await get('/api/schema/', { accept: 'text/html' })
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain('<h1>QATrack+ API</h1>')
  })

  it('describes the other documented APIs of the host, together and alone', async () => {
    const merged = (await get('/api/schema/')).json() as Document
    expect(merged.paths['/api/dicom/read/file/']).toHaveProperty('post')
    expect(merged.paths['/api/units/units/']).toHaveProperty('get')
    expect(merged.paths['/samples/']).toHaveProperty('post')
    // two of them answer there, each with a body of its own
    expect(merged.paths['/api/token/']?.post).toMatchObject({
      requestBody: { content: { 'application/json': { schema: { oneOf: [{}, {}] } } } },
    })
    for (const [api, path] of [
      ['dicom-api', '/api-keys/'],
      ['dmlf', '/samples/'],
    ]) {
      for (const url of [`/api/schema/?api=${api}`, `/compat/${api}/api/schema/`]) {
        const alone = (await get(url)).json() as Document
        expect(Object.keys(alone.paths)).toContain(path)
        expect(Object.keys(alone.paths)).not.toContain('/api/units/units/')
      }
    }
    const page = await get('/api/schema/redoc/')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.body).toContain('<td><code>/api/dicom/generate/</code></td>')
  })

  it('is YAML when it is asked for, with the same words', async () => {
    const answer = await get('/api/schema/', { accept: 'application/yaml' })
    expect(answer.headers['content-type']).toBe('application/yaml')
    expect(answer.body).toMatch(/^openapi: "3\.0\.3"\ninfo:\n {2}title: Touchstone\n/)
    expect(answer.body).toContain(
      '\n  "/api/qa/testlistinstances/":\n    get:\n      operationId: listTestListInstances\n',
    )
  })

  it('names every operation once, each component it refers to, and the addresses that answer', async () => {
    const document = (await get('/api/schema/')).json() as Document
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]) =>
        method === 'parameters' ? [] : [{ path, method, operation }],
      ),
    )
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain('listUnits')
    expect(ids).toContain('createTestListInstance_qc')
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    const known = Object.keys(document.components.schemas)
    expect(references.filter((name) => !known.includes(String(name)))).toEqual([])
    const own = (await get('/api/schema/?api=qatrack')).json() as Document
    for (const { path, method } of operations.filter((each) => each.path in own.paths)) {
      const answer = await app.server.inject({
        method: method.toUpperCase() as 'GET',
        url: path.replace('{id}', '999999'),
        headers: { authorization: `Token ${tokenOf('admin')}`, 'content-type': 'application/json' },
        ...(method === 'get' ? {} : { payload: '{}' }),
      })
      expect([200, 201, 400, 404], `${method} ${path}: ${answer.body}`).toContain(answer.statusCode)
    }
  })

  it('shows the fields and filters of a resource', async () => {
    const document = (await get('/api/schema/')).json() as Document
    expect(Object.keys(document.components.schemas.UnitList?.properties ?? {})).toEqual([
      'url',
      'name',
      'number',
      'site',
      'type',
      'serial_number',
      'location',
      'install_date',
      'date_acceptance',
      'active',
      'is_serviceable',
      'modalities',
      'restricted',
    ])
    const parameters = document.paths['/api/units/units/']?.get?.parameters ?? []
    expect(parameters.map(({ name }) => name)).toEqual([
      'limit',
      'offset',
      'ordering',
      'type',
      'site',
      'number',
      'number__in',
      ...['name', 'serial_number', 'location'].flatMap((name) => [
        name,
        `${name}__icontains`,
        `${name}__contains`,
        `${name}__in`,
      ]),
      'install_date',
      'install_date_min',
      'install_date_max',
      'date_acceptance',
      'date_acceptance_min',
      'date_acceptance_max',
      'active',
    ])
  })
})
