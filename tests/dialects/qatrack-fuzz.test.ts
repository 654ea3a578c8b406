import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQaSite, type Role, tokenOf } from '../support/qa-fixture.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const RESOURCES = [
  'qa/tests',
  'qa/testinstances',
  'qa/testlistinstances',
  'qa/unittestcollections',
  'qa/unittestinfos',
  'qc/testlists',
  'qa/testlistcycles',
  'qa/tolerances',
  'qa/references',
  'qa/frequencies',
  'qa/categories',
  'units/units',
  'units/availabletimes',
  'auth/users',
  'auth/groups',
  'attachments/attachments',
  'contenttypes/contenttypes',
  'servicelog/serviceevents',
  'qa/searcher/test_instance',
]
const NAMES = [
  'name',
  'number',
  'unit',
  'unit__number',
  'unit__type__vendor',
  'value',
  'work_completed',
  'work_started',
  'due_date',
  'created',
  'date_changed',
  'install_date',
  'day',
  'user_key',
  'in_progress',
  'content_type',
  'permissions',
  'permissions__content_type',
  'permissions__codename',
  'test_list_instance__unit_test_collection__unit',
  'last_instance',
  'created_by',
  'attachments',
  'limit',
  'offset',
  'ordering',
  'format',
  'q',
  '__proto__',
  'constructor',
]
const LOOKUPS = ['', '__in', '__icontains', '__contains', '__gte', '__lte', '_min', '_max', '__isnull', '!']

/** Texts that have broken servers before, and any other. */
const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '%',
    "'",
    '"; drop table qa_test; --',
    'NaN',
    '-1',
    '1e999',
    '1.5',
    '99999999999999999999',
    'null',
    'true',
    '2019-02-30',
    '0000-00-00',
    '9999-12-31T23:59:59.999999+00:01',
    '0001-01-01 00:00',
    '2019-03-10 02:30',
    '１２',
    '../../etc/passwd',
    'x'.repeat(3000),
    '1,'.repeat(2000),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer().map(String),
)

const address = fc
  .tuple(
    fc.constantFrom(...RESOURCES),
    fc.oneof(fc.constantFrom('', '1', '999', 'abc', '1.json', '1.xml', '%00', '%ff', '..', '1/2'), nastyText),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...LOOKUPS), nastyText), { maxLength: 4 }),
  )
  .map(([resource, rest, filters]) => {
    const query = filters.map(
      ([name, lookup, value]) => `${name}${lookup}=${encodeURIComponent(value.toWellFormed())}`,
    )
    const last = rest.startsWith('%') ? rest : encodeURIComponent(rest.toWellFormed())
    return `/api/${resource}/${last === '' ? '' : `${last}/`}${query.length > 0 ? `?${query.join('&')}` : ''}`
  })

const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .record({
      unit_test_collection: fc.oneof(
        fc.constantFrom('/api/qa/unittestcollections/2/', null),
        nastyText,
        fc.jsonValue(),
      ),
      work_started: fc.oneof(fc.constantFrom('2019-07-25 10:00'), nastyText, fc.jsonValue()),
      day: fc.oneof(fc.constantFrom(0, '0'), fc.jsonValue()),
      user_key: fc.oneof(nastyText, fc.jsonValue()),
      comment: fc.oneof(nastyText, fc.jsonValue()),
      status: fc.oneof(fc.constantFrom('/api/qa/testinstancestatus/1/'), nastyText),
      tests: fc.oneof(
        fc.record({
          number_1: fc.record({ value: fc.oneof(fc.double(), nastyText), comment: nastyText }),
          number_2: fc.record({ value: fc.jsonValue(), skipped: fc.jsonValue() }),
        }),
        fc.dictionary(nastyText, fc.jsonValue()),
      ),
      attachments: fc.oneof(fc.array(fc.record({ filename: nastyText, value: nastyText })), fc.jsonValue()),
      name: nastyText,
      user_set: fc.jsonValue(),
      type: fc.constantFrom('perm', 'users', null),
      perm: nastyText,
      test_list_id: fc.oneof(fc.constant(2), fc.jsonValue()),
      unit_id: fc.oneof(fc.constant(1), fc.jsonValue()),
    })
    .map((value) => JSON.stringify(value)),
  fc.constantFrom('', '{', '[[[[', 'NaN', '{"a":1e999}', '\ufeff{}', '['.repeat(100_000), '"\\ud800"'),
)

const exchange = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'),
  url: address,
  role: fc.constantFrom('admin', 'user', 'physicist', 'outsider'),
  accept: fc.constantFrom('*/*', 'text/html', 'application/json; indent=99', ',;q=x,', 'text/*;q=0.1'),
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data; boundary=',
    'text/plain',
    '',
  ),
  body: fc.oneof(json, fc.string({ unit: 'binary', maxLength: 200 })),
})

describe.each(wanted as DatabaseKind[])('any request at all to the QATrack+ API (%s)', (kind) => {
  let site: Site
  let app: App
  beforeAll(async () => {
    site = await openTestSite(await makeSitePlace(kind))
    await fillQaSite(site)
    app = await createApp(site, { demo: false })
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
  })

  it('gets an answer of its own, never a defect', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(exchange, async ({ method, url, role, accept, type, body }) => {
        const answer = await app.server.inject({
          method: method as NonNullable<InjectOptions['method']>,
          url,
          headers: { authorization: `Token ${tokenOf(role as Role)}`, accept, 'content-type': type },
          ...(method === 'GET' || method === 'HEAD' ? {} : { payload: body }),
        })
        expect(answer.statusCode, answer.body).toBeLessThan(500)
        if (answer.headers['content-type'] === 'application/json' && method !== 'HEAD')
          JSON.parse(answer.body)
      }),
      { numRuns: Number(process.env.TOUCHSTONE_FUZZ_RUNS ?? 300) },
    )
  })
})
