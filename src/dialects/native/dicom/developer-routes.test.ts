import { expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { storeApiKey } from '../../../modules/access/create-api-key.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
} from '../../../modules/access/testing.ts'
import { importUses } from '../../../modules/dicom/import-uses.ts'
import { createDicom } from '../../../modules/dicom/store/migrations/0001-create.ts'
import { forEachDatabase, type OpenTestDatabase } from '../../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from '../testing.ts'
import type { WireNewApiKey } from './developer.schema.ts'

const BASE = '/api/v1/dicom/developer'

async function setUp(open: OpenTestDatabase) {
  const clock = makeClock('2026-11-21T12:00:00Z')
  const ctx: Context = makeAccessContext(await open(), { now: clock.now })
  await declarePermissions(ctx, ['dicom.access'])
  const access = makeAccess()
  const { server, ask } = await openNativeServer(ctx, { access })
  const developer = await makeUserWith(ctx, ['dicom.access'])
  return { ctx, server, ask, developer }
}

forEachDatabase('the endpoints of developers', [...ACCESS_TEST_MIGRATIONS, createDicom], (open) => {
  it('make and change a profile', async () => {
    const { ask, developer } = await setUp(open)
    expect((await ask('GET', BASE, developer)).body).toMatchObject({ profile: null })
    const testing = { purpose: 'testing', organization: 'My Organization' }
    expect(await ask('PUT', BASE, developer, testing)).toMatchObject({
      status: 200,
      body: { profile: testing },
    })
    await ask('PUT', BASE, developer, { purpose: 'research', organization: ' ' })
    expect((await ask('GET', BASE, developer)).body).toEqual({
      profile: { purpose: 'research', organization: null },
      purposes: [
        { value: 'testing', label: 'Testing' },
        { value: 'research', label: 'Research' },
        { value: 'education', label: 'Education' },
        { value: 'commercial', label: 'Commercial' },
        { value: 'other', label: 'Other' },
      ],
    })
  })

  it('show a key once, then only its prefix, and keep a revoked one in the list until it is forgotten', async () => {
    const { ask, developer } = await setUp(open)
    await ask('PUT', BASE, developer, { purpose: 'testing' })
    const made = await ask('POST', `${BASE}/keys`, developer, { name: 'Nightly' })
    expect(made.status).toBe(201)
    const { key, prefix, number } = made.body as WireNewApiKey
    expect(key).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/)
    expect(key.startsWith(`${prefix}.`)).toBe(true)
    const listed = await ask('GET', `${BASE}/keys`, developer)
    expect(listed.text).not.toContain(key.slice(9))
    expect(listed.body).toEqual({
      items: [
        {
          ...{ number: 1, name: 'Nightly', prefix, createdAt: '2026-11-21T12:00:00.000Z' },
          ...{ expiresAt: null, lastUsedAt: null, revokedAt: null },
        },
      ],
    })
    expect((await ask('POST', `${BASE}/keys/${number}/revoke`, developer)).status).toBe(204)
    expect((await ask('GET', `${BASE}/keys`, developer)).body).toMatchObject({
      items: [{ number: 1, revokedAt: '2026-11-21T12:00:00.000Z' }],
    })
    expect((await ask('DELETE', `${BASE}/keys/${number}`, developer)).status).toBe(204)
    expect((await ask('GET', `${BASE}/keys`, developer)).body).toEqual({ items: [] })
  })

  it('count the days of a month against the quotas', async () => {
    const { ctx, ask, developer } = await setUp(open)
    await ask('PUT', BASE, developer, { purpose: 'testing' })
    await importUses(ctx, developer, [
      { resource: 'read', day: '2026-11-05', count: 3 },
      { resource: 'generate', day: '2026-11-05', count: 2 },
      { resource: 'read', day: '2026-11-21', count: 4 },
      { resource: 'read', day: '2026-10-31', count: 9 },
    ])
    expect((await ask('GET', `${BASE}/usage`, developer)).body).toEqual({
      month: '2026-11',
      isCurrent: true,
      days: [
        { day: '2026-11-05', read: 3, generate: 2 },
        { day: '2026-11-21', read: 4, generate: 0 },
      ],
      totals: { read: { used: 7, quota: 1000 }, generate: { used: 2, quota: 1000 } },
      resetsAt: '2026-12-01T05:00:00.000Z',
    })
    expect((await ask('GET', `${BASE}/usage?month=2026-10`, developer)).body).toMatchObject({
      isCurrent: false,
      totals: { read: { used: 9, quota: 1000 } },
    })
  })

  it('refuse what they should with the status for it', async () => {
    const { ask, ctx } = await setUp(open)
    const fresh = await makeUserWith(ctx, ['dicom.access'])
    const stranger = await makeUserWith(ctx, [])
    const developer = await makeUserWith(ctx, ['dicom.access'])
    await ask('PUT', BASE, developer, { purpose: 'testing' })
    const cases = [
      ['GET', BASE, undefined, undefined, 401],
      ['GET', BASE, stranger, undefined, 403],
      ['PUT', BASE, stranger, { purpose: 'testing' }, 403],
      ['GET', `${BASE}/keys`, fresh, undefined, 403],
      ['POST', `${BASE}/keys`, fresh, { name: 'x' }, 403],
      ['GET', `${BASE}/usage`, fresh, undefined, 403],
      ['PUT', BASE, developer, { purpose: 'zz' }, 400],
      ['PUT', BASE, developer, { organization: 'x'.repeat(256) }, 400],
      ['PUT', BASE, developer, { purpose: 7 }, 400],
      ['POST', `${BASE}/keys`, developer, {}, 400],
      ['POST', `${BASE}/keys`, developer, { name: 'x'.repeat(51) }, 400],
      ['POST', `${BASE}/keys`, developer, { name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 400],
      ['GET', `${BASE}/usage?month=2026-13`, developer, undefined, 400],
      ['GET', `${BASE}/usage?month=%00`, developer, undefined, 400],
      ['POST', `${BASE}/keys/99/revoke`, developer, undefined, 404],
      ['DELETE', `${BASE}/keys/0`, developer, undefined, 400],
    ] as const
    for (const [method, path, as, body, status] of cases)
      expect((await ask(method, path, as, body)).status, `${method} ${path}`).toBe(status)
  })

  it('show nothing of the keys to somebody who holds one of them', async () => {
    const { ctx, server, ask, developer } = await setUp(open)
    await ask('PUT', BASE, developer, { purpose: 'testing' })
    const key = 'abcdefgh.ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
    await storeApiKey(await asUser(ctx, developer), { userId: developer, name: 'leaked' }, key)
    const headers = { authorization: `ApiKey ${key}` }
    expect((await server.inject({ url: `${BASE}/usage`, headers })).statusCode).toBe(200)
    expect((await server.inject({ url: `${BASE}/keys`, headers })).statusCode).toBe(403)
    const made = await server.inject({ method: 'POST', url: `${BASE}/keys`, headers, payload: { name: 'x' } })
    expect(made.statusCode).toBe(403)
  })
})
