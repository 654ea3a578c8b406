import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { ACCESS_HOOKS } from '../../modules/access/hooks.ts'
import { ACCESS_RECORDS } from '../../modules/access/records.ts'
import { ACCESS_TEST_MIGRATIONS, makeAccess, makeUser } from '../../modules/access/testing.ts'
import { createTestRecords, roomRecord, sampleRecord } from '../../modules/records/testing.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from './testing.ts'

const ROOMS = '/api/v1/test/rooms'
const SAMPLES = '/api/v1/test/samples'
const VERBS = [
  'room.add',
  'room.change',
  'room.retire',
  'sample.add',
  'sample.change',
  'sample.retire',
  'all',
  'access',
]
const ALL = VERBS.map((verb) => `test.${verb}`)

let made = 0

function nameOf(what: string): string {
  made += 1
  return `${what} ${made}`
}

forEachDatabase('endpoints of records', [...ACCESS_TEST_MIGRATIONS, createTestRecords], (open) => {
  let ready: ReturnType<typeof prepare> | undefined
  async function prepare() {
    const ctx = makeContext(await open(), {
      records: [...ACCESS_RECORDS, roomRecord, sampleRecord],
      recordHooks: ACCESS_HOOKS,
    })
    await declarePermissions(ctx, [...ALL, 'access.user.view'])
    const native = await openNativeServer(ctx)
    return {
      ctx,
      ...native,
      editor: await makeUserWith(ctx, ALL),
      reader: await makeUserWith(ctx, ['test.access']),
    }
  }
  function setUp() {
    ready ??= prepare()
    return ready
  }

  it('makes, shows, changes, retires, restores and deletes with the statuses of each', async () => {
    const { ask, editor } = await setUp()
    const name = nameOf('Room')
    const created = await ask('POST', ROOMS, editor, { name })
    expect(created).toMatchObject({ status: 201, body: { name, version: 1, open: true, within: null } })
    const path = String(created.headers.location)
    expect(await ask('GET', path, editor)).toMatchObject({ status: 200, body: created.body })
    expect(await ask('PATCH', path, editor, { version: 1, open: false, reason: 'moved' })).toMatchObject({
      status: 200,
      body: { open: false, version: 2 },
    })
    expect(await ask('POST', `${path}/retire`, editor, { reason: 'old' })).toMatchObject({
      status: 200,
      body: { version: 3 },
    })
    expect(await ask('POST', `${path}/restore`, editor)).toMatchObject({
      status: 200,
      body: { retiredAt: null },
    })
    const history = await ask('GET', `${path}/history`, editor)
    expect(history).toMatchObject({
      status: 200,
      body: {
        items: [
          { action: 'test.room.restore' },
          { action: 'test.room.retire', reason: 'old' },
          {
            action: 'test.room.change',
            reason: 'moved',
            changes: [{ field: 'open', before: true, after: false }],
          },
          { action: 'test.room.add', actor: { id: editor } },
        ],
      },
    })
    expect((await ask('GET', `${path}/history?limit=1&offset=3`, editor)).body).toMatchObject({
      items: [{ action: 'test.room.add' }],
    })
    expect((await ask('DELETE', path, editor)).status).toBe(204)
    expect(await ask('GET', path, editor)).toMatchObject({
      status: 404,
      body: { error: { kind: 'not-found' } },
    })
  })

  it('gives the stored record with the conflict of an outdated version', async () => {
    const { ask, editor } = await setUp()
    const within = (await ask('POST', ROOMS, editor, { name: nameOf('Outer') })).body as {
      id: number
      name: string
    }
    const path = String(
      (await ask('POST', ROOMS, editor, { name: nameOf('Room'), within: within.id })).headers.location,
    )
    const stored = await ask('PATCH', path, editor, { version: 1, open: false })
    expect(stored.body).toMatchObject({ within: { id: within.id, label: within.name } })
    expect(await ask('PATCH', path, editor, { version: 1, open: true })).toMatchObject({
      status: 409,
      body: { error: { kind: 'conflict', current: stored.body } },
    })
  })

  it('says which field clashes with another record', async () => {
    const { ask, editor } = await setUp()
    const name = nameOf('Twin')
    await ask('POST', ROOMS, editor, { name })
    const clash = await ask('POST', ROOMS, editor, { name })
    expect(clash).toMatchObject({ status: 409, body: { error: { kind: 'conflict' } } })
    expect(clash.body).not.toHaveProperty('error.current')
  })

  it.each([
    ['POST', ROOMS, {}, ['name']],
    ['POST', ROOMS, { name: 'a\0b', within: 'x', id: 3 }, ['id', 'name', 'within']],
    ['POST', ROOMS, [], ['']],
    ['POST', ROOMS, 'text', ['']],
    ['PATCH', `${ROOMS}/1`, { name: 'x' }, ['version']],
    ['PATCH', `${ROOMS}/1`, { version: '1' }, ['version']],
    ['PATCH', `${ROOMS}/1`, { version: 1, reason: 3 }, ['reason']],
    ['PATCH', `${ROOMS}/x`, { version: 1 }, ['id']],
    ['GET', `${ROOMS}/-1`, undefined, ['id']],
    ['GET', `${ROOMS}/99999999999`, undefined, ['id']],
    ['GET', `${ROOMS}?nothing=1`, undefined, ['nothing']],
    [
      'GET',
      `${ROOMS}?name:like=1&within.nothing=1&open=maybe`,
      undefined,
      ['name:like', 'open', 'within.nothing'],
    ],
    ['GET', `${ROOMS}?constructor=1`, undefined, ['constructor']],
    ['GET', `${ROOMS}?name.x=1`, undefined, ['name.x']],
    ['GET', `${ROOMS}?order=nothing`, undefined, ['nothing']],
    ['GET', `${ROOMS}?limit=0`, undefined, ['limit']],
    ['GET', `${ROOMS}?limit=1001`, undefined, ['limit']],
    ['GET', `${ROOMS}?offset=-1`, undefined, ['offset']],
    ['GET', `${SAMPLES}?seenAt:gt=2026-11-21T07:42:00`, undefined, ['seenAt:gt']],
    ['GET', `${SAMPLES}?seenAt:gt=2026-02-30T07:42:00Z`, undefined, ['seenAt:gt']],
    ['GET', `${SAMPLES}?value:range=1`, undefined, ['value']],
    ['GET', `${SAMPLES}?count=1.5`, undefined, ['count']],
  ] as const)('refuses %s %s %j, naming the fields', async (method, path, body, fields) => {
    const { ask, editor } = await setUp()
    if (path === `${ROOMS}/1`) await ask('POST', ROOMS, editor, { name: nameOf('First') })
    const { status, body: answer } = await ask(method, path, editor, body)
    expect([status, answer]).toMatchObject([
      400,
      { error: { kind: 'invalid-input', requestId: expect.any(String) } },
    ])
    const { error } = answer as { error: { problems: { field: string }[] } }
    expect(error.problems.map(({ field }) => field).toSorted()).toEqual(fields)
  })

  it('refuses a null character anywhere in a query', async () => {
    const { ask, editor } = await setUp()
    for (const query of ['name=%00', 'q=a%00b', 'name:icontains=%00', 'within.name:in=a,%00'])
      expect((await ask('GET', `${ROOMS}?${query}`, editor)).status, query).toBe(400)
  })

  it('filters, negates, searches, orders and pages', async () => {
    const { ask, editor } = await setUp()
    const stem = nameOf('List')
    const rooms: number[] = []
    for (const [letter, open] of [
      ['Ä', true],
      ['b', false],
      ['C', true],
    ] as const)
      rooms.push(
        ((await ask('POST', ROOMS, editor, { name: `${stem} ${letter}`, open })).body as { id: number }).id,
      )
    for (const [index, value] of [1, 2, null].entries())
      await ask('POST', SAMPLES, editor, {
        name: `S${made}-${index}`,
        value,
        room: rooms[index],
        tags: [rooms[0]],
      })
    const names = async (query: string, path = ROOMS) => {
      const { status, body } = await ask('GET', `${path}?${query}`, editor)
      expect(status, query).toBe(200)
      return (body as { items: { name: string }[] }).items.map(({ name }) => name.at(-1))
    }
    const mine = `name:startswith=${encodeURIComponent(stem)}`
    expect(await names(mine)).toEqual(['b', 'C', 'Ä'])
    expect(await names(`${mine}&open=true`)).toEqual(['C', 'Ä'])
    expect(await names(`${mine}&open:!exact=true`)).toEqual(['b'])
    expect(await names(`${mine}&name:!iendswith=${encodeURIComponent('ä')}&order=-name`)).toEqual(['C', 'b'])
    expect(await names(`q=${encodeURIComponent(`${stem} ä`)}`)).toEqual(['Ä'])
    expect(await names(`${mine}&order=-open,name&limit=1&offset=1`)).toEqual(['Ä'])
    const samples = `room.name:startswith=${encodeURIComponent(stem)}`
    expect(await names(`${samples}&value:gte=2`, SAMPLES)).toEqual(['1'])
    expect(await names(`${samples}&value:isnull=true`, SAMPLES)).toEqual(['2'])
    expect(await names(`${samples}&value:in=1,2&order=-value`, SAMPLES)).toEqual(['1', '0'])
    expect(await names(`${samples}&order=-room.name`, SAMPLES)).toEqual(['0', '2', '1'])
    const page = await ask('GET', `${SAMPLES}?${samples}&limit=1`, editor)
    expect(page.body).toMatchObject({
      total: 3,
      limit: 1,
      offset: 0,
      items: [{ tags: [{ id: rooms[0], label: `${stem} Ä` }] }],
    })
    expect((await ask('GET', `${SAMPLES}?total=none`, editor)).body).toMatchObject({ total: null })
  })

  it('leaves retired records out unless they are asked for', async () => {
    const { ask, editor } = await setUp()
    const name = nameOf('Retired')
    const path = String((await ask('POST', ROOMS, editor, { name })).headers.location)
    await ask('POST', `${path}/retire`, editor)
    const totalOf = async (more: string) =>
      (
        (await ask('GET', `${ROOMS}?name=${encodeURIComponent(name)}${more}`, editor)).body as {
          total: number
        }
      ).total
    expect([await totalOf(''), await totalOf('&includeRetired=true')]).toEqual([0, 1])
  })

  it('shows nobody anything, readers what is in their scope, and lets them change nothing', async () => {
    const { ask, editor, reader } = await setUp()
    const path = String(
      (await ask('POST', ROOMS, editor, { name: nameOf('Closed'), open: false })).headers.location,
    )
    const outcomes = [
      (await ask('GET', ROOMS)).status,
      (await ask('GET', path)).status,
      (await ask('GET', ROOMS, reader)).status,
      (await ask('GET', path, reader)).status,
      (await ask('GET', `${path}/history`, reader)).status,
      (await ask('POST', ROOMS, reader, { name: 'No' })).status,
      (await ask('PATCH', path, reader, { version: 1 })).status,
      (await ask('DELETE', path, reader)).status,
      (await ask('PUT', path, editor, {})).status,
    ]
    expect(outcomes).toEqual([401, 401, 200, 404, 404, 403, 403, 403, 404])
  })

  it('asks nothing of other records that the caller may not see them, or rows of them', async () => {
    const { ctx, ask, editor, reader } = await setUp()
    await makeUser(ctx, makeAccess(), {
      username: nameOf('secret').replace(' ', '-'),
      email: `secret${made}@lab.example`,
    })
    const secret = (await ask('POST', ROOMS, editor, { name: nameOf('Secret'), open: false })).body as {
      id: number
      name: string
    }
    const sample = nameOf('In')
    await ask('POST', SAMPLES, editor, { name: sample, room: secret.id })
    const byRoom = `${SAMPLES}?name=${encodeURIComponent(sample)}&room.open=false`
    expect((await ask('GET', byRoom, editor)).body).toMatchObject({ total: 1 })
    expect((await ask('GET', byRoom, reader)).body).toMatchObject({ total: 0 })
    const group = await makeUserWith(ctx, ['access.user.view'])
    expect(
      (await ask('GET', '/api/v1/access/users?groups.permissions.code:icontains=test', reader)).status,
    ).toBe(403)
    expect((await ask('GET', `${SAMPLES}?room.within.name=x`, reader)).status).toBe(200)
    expect((await ask('GET', '/api/v1/access/users', group)).status).toBe(200)
  })

  it('declares to everyone what they may do', async () => {
    const { ask, editor, reader } = await setUp()
    const roomFor = async (user?: number) => {
      const { records } = (await ask('GET', '/api/v1/meta', user)).body as {
        records: { name: string; can: unknown; fields: { name: string }[] }[]
      }
      return records.find(({ name }) => name === 'test.room')
    }
    expect((await roomFor(editor))?.can).toEqual({ view: true, add: true, change: true, retire: true })
    expect((await roomFor(reader))?.can).toEqual({ view: true, add: false, change: false, retire: false })
    expect((await roomFor(reader))?.fields.map(({ name }) => name)).toEqual([
      'id',
      'name',
      'open',
      'within',
      'retiredAt',
      'version',
    ])
    expect(await roomFor()).toBeUndefined()
  })

  it('answers what nothing answers, and what cannot be read, in its own form', async () => {
    const { server, cookiesOf, editor } = await setUp()
    const cookies = await cookiesOf(editor)
    const json = { 'content-type': 'application/json' }
    const answers = [
      await server.inject({ url: '/api/v1/nothing' }),
      await server.inject({ method: 'POST', url: ROOMS, payload: '{"name":', headers: json, cookies }),
      await server.inject({
        method: 'POST',
        url: ROOMS,
        payload: '<a/>',
        headers: { 'content-type': 'text/xml' },
        cookies,
      }),
      await server.inject({ url: '/api/v1/%zz' }),
      await server.inject({ url: ROOMS, headers: { authorization: 'Token none' } }),
      await server.inject({ method: 'POST', url: ROOMS, payload: '', headers: json }),
    ]
    expect(answers.map((answer) => [answer.statusCode, answer.json().error.kind])).toEqual([
      [404, 'not-found'],
      [400, 'invalid-input'],
      [415, 'invalid-input'],
      [400, 'invalid-input'],
      [401, 'not-authenticated'],
      [401, 'not-authenticated'],
    ])
  })

  it('refuses structures nested without end instead of failing', async () => {
    const { server, ask, cookiesOf, editor } = await setUp()
    const payload = `{"name":"deep","shape":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    await ask('GET', ROOMS, editor)
    const deep = await ask('POST', SAMPLES, editor, {
      name: 'deep',
      shape: JSON.parse('['.repeat(500) + ']'.repeat(500)),
    })
    expect(deep).toMatchObject({ status: 400, body: { error: { problems: [{ field: 'shape' }] } } })
    const answer = await server.inject({
      method: 'POST',
      url: SAMPLES,
      payload,
      headers: { 'content-type': 'application/json' },
      cookies: await cookiesOf(editor),
    })
    expect(answer.statusCode).toBe(400)
  })
})
