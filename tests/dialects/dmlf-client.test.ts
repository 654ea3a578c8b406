import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { DMLF_OPENAPI } from '../../src/dialects/dmlf/openapi.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite, removeSitePlace, type SitePlace } from '../support/make-site.ts'
import { fillResearch, RESEARCH_PASSWORD } from '../support/research-fixture.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']
const NOW = new Date('2026-11-21T20:28:02.959Z')

type Operation = {
  readonly operationId: string
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
}

/** A client that knows nothing but the document: operations by their ids, bodies as it says they are encoded. */
function clientOf(app: App, token: () => string) {
  const operations = new Map(
    Object.entries(DMLF_OPENAPI.paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, operation]) =>
          [
            (operation as Operation).operationId,
            { path, method, operation: operation as Operation },
          ] as const,
      ),
    ),
  )
  return async (operationId: string, given: Readonly<Record<string, string | File>> = {}) => {
    const found = operations.get(operationId)
    if (!found) throw new Error(`the document has no operation ${operationId}`)
    const { path, method, operation } = found
    const url = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(given[name])))
    const fields = Object.entries(given).filter(([name]) => !path.includes(`{${name}}`))
    const isForm = operation.requestBody?.content['multipart/form-data'] !== undefined
    const headers: Record<string, string> = token() === '' ? {} : { authorization: `Bearer ${token()}` }
    if (!operation.requestBody) {
      const query = new URLSearchParams(
        fields.map(([name, value]): [string, string] => [name, String(value)]),
      )
      return app.server.inject({ method: method.toUpperCase() as 'GET', url: `${url}?${query}`, headers })
    }
    if (!isForm)
      return app.server.inject({ method: 'POST', url, headers, payload: Object.fromEntries(fields) })
    const form = new FormData()
    for (const [name, value] of fields) form.append(name, value)
    const encoded = new Response(form)
    return app.server.inject({
      method: method.toUpperCase() as 'POST',
      url,
      headers: { ...headers, 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    })
  }
}

describe.each(wanted as DatabaseKind[])(
  'a client made from the document of the research data API (%s)',
  (kind) => {
    let place: SitePlace
    let site: Site
    let app: App
    let token = ''
    let call: ReturnType<typeof clientOf>
    beforeAll(async () => {
      place = await makeSitePlace(kind)
      site = await openTestSite(place, { now: () => NOW })
      await fillResearch(site)
      app = await createApp(site, { demo: false })
      call = clientOf(app, () => token)
    })
    afterAll(async () => {
      await app.stop()
      await site.close()
      await removeSitePlace(place)
    })

    it('signs in, reads, writes, changes and deletes', async () => {
      const pair = (
        await call('api_token_create', { username: 'researcher', password: RESEARCH_PASSWORD })
      ).json()
      token = (await call('api_token_refresh_create', { refresh: pair.refresh })).json().access
      expect((await call('institutes_list', { city: 'Freiberg' })).json()).toHaveLength(1)
      for (const name of ['institutes', 'methods', 'fundingbodies', 'projects', 'sampletypes'])
        expect((await call(`${name}_retrieve`, { id: '1' })).statusCode, name).toBe(200)
      expect(
        Object.keys((await call('api_sample_type_info_retrieve', { sample_type_name: 'Battery' })).json()),
      ).toContain('manufacturer')
      const sample = {
        sample_id: '240616_125138_010002',
        name: 'from a client',
        date_created: '2024-06-16',
        institute: '1',
        project: '1',
        sample_type: '1',
        sample_info: new File(['{"name": "b", "manufacturer": "m"}'], 'info.json'),
      }
      expect((await call('samples_create', sample)).statusCode).toBe(201)
      expect(
        (await call('samples_partial_update', { sample_id: sample.sample_id, name: 'changed' })).json().name,
      ).toBe('changed')
      expect((await call('samples_list', { name: 'changed' })).json()).toHaveLength(1)
      const zip = new File([Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)])], 'e.zip')
      const experiment = {
        name: 'e',
        date_created: '2024-06-17',
        sample: sample.sample_id,
        method: '1',
        staff: '1',
        project: '1',
        experiment_file: zip,
      }
      const made = (await call('experiments_create', experiment)).json()
      expect(
        (await call('experiments_update', { ...experiment, id: String(made.id), name: 'whole' })).json().name,
      ).toBe('whole')
      expect((await call('samples_destroy', { sample_id: sample.sample_id })).statusCode).toBe(409)
      expect((await call('experiments_destroy', { id: String(made.id) })).statusCode).toBe(204)
      expect((await call('samples_destroy', { sample_id: sample.sample_id })).statusCode).toBe(204)
    })

    it('gets answers with exactly the fields that the document names', async () => {
      const schemas = DMLF_OPENAPI.schemas as Readonly<Record<string, { readonly properties: object }>>
      const [institute] = (await call('institutes_list')).json()
      expect(Object.keys(institute)).toEqual(Object.keys(schemas.Institute?.properties ?? {}))
    })

    it('never sees a failure of the server, whatever it sends, and nothing is stored', {
      timeout: 60_000,
    }, async () => {
      const odd = fc.oneof(
        fc.string(),
        fc.constantFrom(
          '',
          '1',
          '0',
          '-1',
          '99999999999999999999',
          '\0',
          'ä',
          '240616_125138_010002',
          '2024-06-16',
          '[]',
          '{}',
          'null',
        ),
      )
      const names = [
        'sample_id',
        'name',
        'date_created',
        'institute',
        'project',
        'sample_type',
        'method',
        'parent',
        'sample_info',
        'experiment_file',
        'sample',
        'staff',
      ]
      const statuses: number[] = []
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('samples_create', 'experiments_create'),
          fc.dictionary(fc.constantFrom(...names), odd),
          fc.boolean(),
          async (operation, fields, asJson) => {
            const answer = asJson
              ? await app.server.inject({
                  method: 'POST',
                  url: operation === 'samples_create' ? '/samples/' : '/experiments/',
                  headers: { authorization: `Bearer ${token}` },
                  payload: fields,
                })
              : await call(operation, fields)
            statuses.push(answer.statusCode)
          },
        ),
        { numRuns: 60 },
      )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(
            '/samples/',
            '/institutes/',
            '/experiments',
            '/api/sample-type-info/',
            '/media/sample_info/',
            '/projects/',
          ),
          fc.constantFrom('', 'x', '1'),
          fc.dictionary(
            fc.oneof(
              fc.constantFrom(
                ...names,
                'info.name',
                'info.weight_in_g__gt',
                'ancestor',
                'ordering',
                'limit',
                'offset',
                'city__in',
                'id__gt',
              ),
              fc.string(),
            ),
            odd,
          ),
          async (path, id, query) => {
            const url = `${path}${id}?${new URLSearchParams(query)}`
            statuses.push(
              (await app.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } }))
                .statusCode,
            )
          },
        ),
        { numRuns: 80 },
      )
      expect(statuses.filter((status) => status >= 500)).toEqual([])
      expect((await call('samples_list')).json()).toEqual([])
    })
  },
)
