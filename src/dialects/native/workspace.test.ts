import { expect, it } from 'vitest'
import { site } from '../../modules/equipment/records/site.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { searchSources } from '../../modules/workspace/search-records.ts'
import { makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from '../../modules/workspace/testing.ts'
import { forEachDatabase, type OpenTestDatabase } from '../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from './testing.ts'

const SHARE = 'workspace.saved-view.share'

async function openWorkspace(open: OpenTestDatabase) {
  const ctx = makeWorkspaceContext(await open())
  await declarePermissions(ctx, ['equipment.access', SHARE])
  const { ask } = await openNativeServer(ctx, {
    search: searchSources(ctx.catalogue),
    forYou: [
      async () => [{ kind: 'Sample', token: 'todo', title: 'W13', path: '/app/w13', dueAt: new Date(0) }],
    ],
  })
  return { ctx, ask }
}

forEachDatabase('workspace endpoints', WORKSPACE_TEST_MIGRATIONS, (open) => {
  it('keeps saved views as the web application sends them', async () => {
    const { ctx, ask } = await openWorkspace(open)
    const owner = await makeUserWith(ctx, ['equipment.access', SHARE])
    const other = await makeUserWith(ctx, ['equipment.access'])
    const sent = { list: 'equipment.site', name: 'North', query: 'q=north', shared: true }
    const made = await ask('POST', '/api/v1/saved-views', owner, sent)
    expect(made).toMatchObject({ status: 201, body: { ...sent, isOwn: true } })
    const { id } = made.body as { id: number }
    const listed = await ask('GET', '/api/v1/saved-views?list=equipment.site', other)
    expect(listed).toMatchObject({ status: 200, body: { items: [{ ...sent, id, isOwn: false }] } })
    const change = { query: 'q=south' }
    expect(await ask('PATCH', `/api/v1/saved-views/${id}`, owner, change)).toMatchObject({
      status: 200,
      body: { id, query: 'q=south', name: 'North' },
    })
    expect((await ask('PATCH', `/api/v1/saved-views/${id}`, other, change)).status).toBe(403)
    expect((await ask('DELETE', `/api/v1/saved-views/${id}`, other)).status).toBe(403)
    expect((await ask('DELETE', `/api/v1/saved-views/${id}`, owner)).status).toBe(204)
    expect((await ask('DELETE', `/api/v1/saved-views/${id}`, owner)).status).toBe(404)
  })

  it('refuses what it should with the status for it', async () => {
    const { ctx, ask } = await openWorkspace(open)
    const outsider = await makeUserWith(ctx, [])
    const cases = [
      ['GET', '/api/v1/saved-views?list=equipment.site', undefined, undefined, 401],
      ['GET', '/api/v1/saved-views?list=equipment.site', outsider, undefined, 403],
      ['GET', '/api/v1/saved-views', outsider, undefined, 400],
      ['POST', '/api/v1/saved-views', outsider, { list: 'other', name: 'x', shared: true }, 403],
      ['POST', '/api/v1/saved-views', outsider, { list: 'other', owner: 1 }, 400],
      ['POST', '/api/v1/saved-views', outsider, [], 400],
      ['PATCH', '/api/v1/saved-views/x', outsider, {}, 400],
      ['PATCH', '/api/v1/saved-views/999999999', outsider, {}, 404],
      ['GET', '/api/v1/preferences/density', undefined, undefined, 401],
      ['GET', '/api/v1/preferences/..%2Fdensity', outsider, undefined, 400],
      ['PUT', '/api/v1/preferences/density', outsider, {}, 400],
      ['GET', '/api/v1/search?q=north', undefined, undefined, 401],
      ['GET', '/api/v1/search?q=ab%00', outsider, undefined, 400],
      ['GET', '/api/v1/for-you', undefined, undefined, 401],
      ['GET', '/api/v1/jobs', outsider, undefined, 403],
    ] as const
    for (const [method, path, as, body, status] of cases) {
      expect([method, path, (await ask(method, path, as, body)).status]).toEqual([method, path, status])
    }
  })

  it('keeps preferences', async () => {
    const { ctx, ask } = await openWorkspace(open)
    const user = await makeUserWith(ctx, [])
    const value = { columns: ['name'], width: 3 }
    expect(await ask('GET', '/api/v1/preferences/list.units', user)).toMatchObject({
      status: 200,
      body: { key: 'list.units', value: null },
    })
    expect((await ask('PUT', '/api/v1/preferences/list.units', user, { value })).status).toBe(200)
    expect((await ask('GET', '/api/v1/preferences/list.units', user)).body).toEqual({
      key: 'list.units',
      value,
    })
  })

  it('searches and tells what waits', async () => {
    const { ctx, ask } = await openWorkspace(open)
    const { id } = await createRecord(ctx, site, { name: `Äther hall`, slug: `hall-${ctx.database.kind}` })
    const user = await makeUserWith(ctx, ['equipment.access'])
    expect((await ask('GET', '/api/v1/search?q=%C3%A4ther', user)).body).toEqual({
      items: [{ kind: 'Site', label: 'Äther hall', path: `/app/admin/equipment.site/${id}` }],
    })
    expect((await ask('GET', '/api/v1/search?q=%C3%A4ther', await makeUserWith(ctx, []))).body).toEqual({
      items: [],
    })
    expect((await ask('GET', '/api/v1/for-you', user)).body).toEqual({
      items: [
        { kind: 'Sample', token: 'todo', title: 'W13', path: '/app/w13', dueAt: '1970-01-01T00:00:00.000Z' },
      ],
    })
  })
})
