import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite } from '../support/make-site.ts'
import { fillQaSite, tokenOf } from '../support/qa-fixture.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']
const MIB = 1024 * 1024

describe.each(wanted as DatabaseKind[])('large requests to the QATrack+ API (%s)', (kind) => {
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

  const post = (url: string, payload: string) =>
    app.server.inject({
      method: 'POST',
      url,
      headers: { authorization: `Token ${tokenOf('user')}`, 'content-type': 'application/json' },
      payload,
    })

  function session(
    tests: Readonly<Record<string, unknown>>,
    more: Readonly<Record<string, unknown>> = {},
  ): string {
    return JSON.stringify({
      unit_test_collection: '/api/qa/unittestcollections/2/',
      work_started: '2019-07-25 10:00',
      tests,
      ...more,
    })
  }

  const NUMBERS = { number_1: { value: 1 }, number_2: { value: 2 } }

  it('refuses a body of 100 MB in the form of the API, without reading it', async () => {
    const answer = await post('/api/qa/testlistinstances/', 'x'.repeat(100 * MIB))
    expect(answer.statusCode).toBe(413)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.body).toBe('{"detail":"Request body is too large."}')
  })

  it('refuses a large body for a token', async () => {
    const answer = await post('/api/get-token/', JSON.stringify({ username: 'x'.repeat(MIB), password: 'x' }))
    expect(answer.statusCode).toBe(413)
  })

  it('takes 10,000 tests, all but the known ones variables of calculations', async () => {
    const others = Array.from({ length: 10_000 }, (_, index) => [
      `other_${index}`,
      { value: index, comment: 'x' },
    ])
    const answer = await post(
      '/api/qa/testlistinstances/',
      session({ ...Object.fromEntries(others), ...NUMBERS }),
    )
    expect(answer.statusCode).toBe(201)
    expect(Object.keys(answer.json().tests)).toEqual(['number_1', 'number_2', 'sum_of_two'])
  })

  it('names 10,000 entries that are no objects', async () => {
    const wrong = Array.from({ length: 10_000 }, (_, index) => [`other_${index}`, index])
    const answer = await post('/api/qa/testlistinstances/', session(Object.fromEntries(wrong)))
    expect(answer.statusCode).toBe(400)
    expect(answer.json().tests[0]).toMatch(
      /^"other_0", "other_1", .*, "other_9999" field\(s\) have errors\. /,
    )
  })

  it('stores an attachment of 20 MB', async () => {
    const value = Buffer.alloc(20 * MIB, 7).toString('base64')
    const answer = await post(
      '/api/qa/testlistinstances/',
      session(NUMBERS, { attachments: [{ filename: 'large.bin', value }] }),
    )
    expect(answer.statusCode).toBe(201)
  })

  it.each([
    ['a million values', `[${'1,'.repeat(1_000_001)}1]`, 'JSON parse error - too many values'],
    ['a million brackets', '['.repeat(1_000_000), 'JSON parse error - nested deeper than 64 levels'],
    ['a million objects', '{"a":'.repeat(1_000_000), 'JSON parse error - nested deeper than 64 levels'],
  ])('refuses %s before they take memory', async (_what, body, detail) => {
    const answer = await post('/api/qa/testlistinstances/', body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({ detail })
  })

  it('refuses a form of a million fields', async () => {
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/qa/testlistinstances/',
      headers: {
        authorization: `Token ${tokenOf('user')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'a=1&'.repeat(1_000_000),
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({ detail: 'The form has more than 1000 fields.' })
  })

  it('refuses a hundred filters and more', async () => {
    const query = Array.from({ length: 101 }, (_, index) => `x${index}=1`).join('&')
    const answer = await app.server.inject({
      url: `/api/qa/tests/?${query}`,
      headers: { authorization: `Token ${tokenOf('user')}` },
    })
    expect(answer.statusCode).toBe(400)
  })
})
