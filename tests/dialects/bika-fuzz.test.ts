import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { isStorableValue, parseParameters, type WireValue } from '../../src/dialects/bika/wire/parameters.ts'
import { parseLiteral } from '../../src/dialects/bika/wire/python-literal.ts'
import { parseReferenceQuery } from '../../src/dialects/bika/wire/reference-query.ts'
import { formatZopeDate, parseZopeDate } from '../../src/dialects/bika/wire/zope-dates.ts'
import { WireError } from '../../src/dialects/bika/wire-error.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { basic, fillLimsSite } from '../support/lims-fixture.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const ROUTES = [
  'read',
  'create',
  'update',
  'update_many',
  'remove',
  'doActionFor',
  'doActionFor_many',
  'getusers',
  'calculate_partitions',
  'allowedTransitionsFor_many',
]
const NAMES = [
  'portal_type',
  'obj_type',
  'obj_path',
  'obj_id',
  'id',
  'UID',
  'uid',
  'action',
  'catalog_name',
  'sort_on',
  'sort_order',
  'page_nr',
  'page_size',
  'limit',
  'include_fields',
  'path',
  'review_state',
  'created',
  'SearchableText',
  'Title',
  'getClientTitle',
  'Result',
  'Contact',
  'CCContact:list',
  'CCContact[]',
  'SamplingDate',
  'ResultsRange',
  'Licenses',
  'input_values',
  'f',
  'services',
  'sampletype',
  'roles',
  'page_size:int',
  'created.query:record:date',
  'created.range:record',
  'Client',
  'SampleType',
  'Services:list',
  '__proto__',
]
const VALUES = [
  'Sample',
  'AnalysisRequest',
  'Analysis',
  'Client',
  'Batch',
  '/Plone/clients/client-1',
  '/Plone/clients/client-1/W13-0001-R01',
  '/Plone/batches',
  'receive',
  'submit',
  'verify',
  'x',
  'portal_type:Contact|getFullname:Rita Mohale',
  'a|b:c|',
  '{"a": [1, (2,), None]}',
  '[',
  "{'x': __import__('os')}",
  '2013-09-29',
  'yesterday',
  '-1',
  '999999999999',
  '\0',
  'é\ud800',
  '%',
  '*',
  'bika_analysis_catalog',
  'min',
  '{"/Plone/clients/client-1": {"Name": {"deep": []}}}',
  '0123456789abcdef0123456789abcdef',
  'getClientTitle',
  "' or 1=1 --",
]

describe.each(wanted as DatabaseKind[])('hostile requests of the Bika JSON API (%s)', (kind) => {
  let site: Site
  let app: App
  beforeAll(async () => {
    site = await openTestSite(await makeSitePlace(kind))
    await fillLimsSite(site)
    app = await createApp(site, { demo: false })
  }, 60_000)
  afterAll(async () => {
    await app.stop()
    await site.close()
  })

  it('always get the envelope, never a failure of the server', async () => {
    const value = fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 20 }))
    const pairs = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), pairs, fc.boolean(), async (route, given, asForm) => {
        const text = new URLSearchParams(given).toString()
        const headers = { authorization: basic('labmanager', 'demo') }
        const answer = asForm
          ? await app.server.inject({
              method: 'POST',
              url: `/Plone/@@API/${route}`,
              headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
              payload: text,
            })
          : await app.server.inject({ method: 'GET', url: `/Plone/@@API/${route}?${text}`, headers })
        expect([200, 400, 404], answer.body).toContain(answer.statusCode)
        const body: unknown = answer.json()
        expect(body).toMatchObject({
          url: expect.any(String),
          _runtime: expect.any(Number),
          success: expect.any(Boolean),
          error: expect.any(Boolean),
        })
      }),
      { numRuns: 250 },
    )
  }, 60_000)
})

describe('parsers of the Bika JSON API', () => {
  it('read every JSON text as the literal that it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(isStorableValue(value as WireValue))
        expect(parseLiteral(JSON.stringify(value))?.value).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([
    ["{'a': True, 'b': None, 'c': (1, 2,), }", { a: true, b: null, c: [1, 2] }],
    ["u'x'", 'x'],
    ["'it\\'s \\u00e9'", "it's é"],
    ['-1.5e3', -1500],
    ['()', []],
  ])('read %s', (text, expected) => expect(parseLiteral(text)?.value).toEqual(expected))

  it.each(['__import__("os")', '[1', '{1}', "{'a' 1}", '1 2', 'os', '', "'", `${'['.repeat(100)}`])(
    'know that %s is no literal',
    (text) => expect(parseLiteral(text)).toBeUndefined(),
  )

  it('give up on no text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseLiteral(text)
        parseReferenceQuery(text)
        parseZopeDate(text, 'America/Toronto')
        try {
          parseParameters([[text, text]])
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
    )
  })

  it.each([
    ['a=1', [['a', '1']], { a: '1' }],
    [
      'a repeated name',
      [
        ['a', '1'],
        ['a', '2'],
      ],
      { a: ['1', '2'] },
    ],
    [
      'lists of one',
      [
        ['a:list', '1'],
        ['b[]', '2'],
      ],
      { a: ['1'], b: ['2'] },
    ],
    [
      'converters one after the other',
      [
        ['ids:int:list', '7'],
        ['on:boolean', ''],
      ],
      { ids: [7], on: false },
    ],
    [
      'records',
      [
        ['c.query:record:date', '2013-01-01'],
        ['c.range:record', 'min'],
      ],
      { c: { query: '2013-01-01', range: 'min' } },
    ],
    [
      'lists of records',
      [
        ['c.a:records', '1'],
        ['c.b:records', '2'],
        ['c.a:records', '3'],
      ],
      { c: [{ a: '1', b: '2' }, { a: '3' }] },
    ],
    ['empty ones that are left out', [['a:ignore_empty', '']], {}],
  ] as const)('read %s', (_what, pairs, expected) =>
    expect(Object.fromEntries(parseParameters(pairs))).toEqual(expected),
  )

  it.each([
    [
      'portal_type:Contact|getFullname:Sarel Seemonster',
      { portal_type: ['Contact'], getFullname: ['Sarel Seemonster'] },
    ],
    ['portal_type:Batch,title:A Batch', { portal_type: ['Batch'], title: ['A Batch'] }],
    ['title:Iron, total', { title: ['Iron, total'] }],
    ['client-1', { id: ['client-1'] }],
    ['id:a|id:b', { id: ['a', 'b'] }],
    ['title:a\\|b|x:1:2', { title: ['a|b'], x: ['1:2'] }],
    ['0123456789abcdef0123456789abcdef', { UID: ['0123456789abcdef0123456789abcdef'] }],
  ])('read the reference %s', (text, expected) =>
    expect(Object.fromEntries(parseReferenceQuery(text))).toEqual(expected),
  )

  it.each([
    ['2013-09-29', '2013-09-29T04:00:00.000Z'],
    ['2013-09-29 10:12', '2013-09-29T10:12:00.000Z'],
    ['2013/09/29 10:12:44', '2013-09-29T14:12:44.000Z'],
    ['2013-09-29T10:12:44+02:00', '2013-09-29T08:12:44.000Z'],
    ['2013/09/29 10:12:44 GMT+2', '2013-09-29T08:12:44.000Z'],
    ['29 Sep 2013', '2013-09-29T04:00:00.000Z'],
    ['Sun, 29 Sep 2013 10:00:00 GMT', '2013-09-29T10:00:00.000Z'],
    ['2013-02-30', undefined],
    ['2013-09-29 25:00', undefined],
  ])('read the date %s in Toronto', (text, expected) =>
    expect(parseZopeDate(text, 'America/Toronto')?.toISOString()).toBe(expected),
  )

  it('print dates in the zone of the site', () => {
    expect(formatZopeDate(new Date('2013-09-30T06:12:44.500Z'), 'Africa/Johannesburg')).toBe(
      '2013/09/30 08:12:44.500000 GMT+2',
    )
    expect(formatZopeDate(new Date('2013-09-29T00:00:00Z'), 'UTC')).toBe('2013/09/29 00:00:00 GMT+0')
  })
})
