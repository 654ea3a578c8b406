import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { listRecords } from '../records/list-records.ts'
import { changeView, removeView } from './change-view.ts'
import { listSavedViews } from './list-saved-views.ts'
import { savedViewRecord } from './records/saved-view.ts'
import { saveView } from './save-view.ts'
import { asNewUser, makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from './testing.ts'

const SITES = 'equipment.site'
const VIEW = { list: SITES, name: 'Ours', query: 'name:icontains=ours' }
const SHARE = 'workspace.saved-view.share'
const MANAGE = 'workspace.saved-view.manage'

forEachDatabase('saved views', WORKSPACE_TEST_MIGRATIONS, (open) => {
  const operator = async (): Promise<Context> => makeWorkspaceContext(await open())

  it('keeps a view for its owner alone', async () => {
    const ctx = await operator()
    const [owner, other] = [
      await asNewUser(ctx, 'equipment.access'),
      await asNewUser(ctx, 'equipment.access'),
    ]
    const view = await saveView(owner, VIEW)
    expect(view).toMatchObject({ ...VIEW, shared: false, position: 0, version: 1 })
    expect(await listSavedViews(owner, SITES)).toEqual([view])
    expect(await listSavedViews(other, SITES)).toEqual([])
    await expect(changeView(other, view.id, { name: 'Mine' })).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
    await expect(removeView(other, view.id)).rejects.toMatchObject({ refusal: { kind: 'not-found' } })
  })

  it('shows shared views to everybody who may see the list', async () => {
    const ctx = await operator()
    const owner = await asNewUser(ctx, 'equipment.access', SHARE)
    const other = await asNewUser(ctx, 'equipment.access')
    const view = await saveView(owner, { ...VIEW, name: 'For all', shared: true })
    expect(await listSavedViews(other, SITES)).toContainEqual(view)
    await expect(listSavedViews(await asNewUser(ctx), SITES)).rejects.toMatchObject({
      refusal: { kind: 'not-permitted', permission: 'equipment.access' },
    })
    await removeView(owner, view.id)
  })

  it('lets nobody share without the permission, also not afterwards', async () => {
    const ctx = await operator()
    const owner = await asNewUser(ctx, 'equipment.access')
    const refusal = { kind: 'not-permitted', permission: SHARE }
    await expect(saveView(owner, { ...VIEW, shared: true })).rejects.toMatchObject({ refusal })
    const view = await saveView(owner, VIEW)
    await expect(changeView(owner, view.id, { shared: true })).rejects.toMatchObject({ refusal })
  })

  it('lets a manager change and remove shared views of others only', async () => {
    const ctx = await operator()
    const owner = await asNewUser(ctx, 'equipment.access', SHARE)
    const manager = await asNewUser(ctx, 'equipment.access', MANAGE)
    const kept = await saveView(owner, VIEW)
    const shared = await saveView(owner, { ...VIEW, name: 'Shared', shared: true })
    await expect(changeView(await asNewUser(ctx), shared.id, { name: 'x' })).rejects.toMatchObject({
      refusal: { kind: 'not-permitted', permission: MANAGE },
    })
    expect(await changeView(manager, shared.id, { name: 'Sites', position: 2 })).toMatchObject({
      name: 'Sites',
      position: 2,
      owner: shared.owner,
    })
    await expect(removeView(manager, kept.id)).rejects.toMatchObject({ refusal: { kind: 'not-found' } })
    const seen = await listRecords(manager, savedViewRecord, {
      where: { kind: 'all', of: [] },
      order: [],
      limit: 50,
      offset: 0,
    })
    expect(seen.rows.map(({ id }) => id)).not.toContain(kept.id)
    await removeView(manager, shared.id)
    expect(await listSavedViews(owner, SITES)).toEqual([kept])
  })

  it('records who changed what', async () => {
    const ctx = await operator()
    const owner = await asNewUser(ctx, 'equipment.access')
    const view = await saveView(owner, { ...VIEW, name: 'Before' })
    await changeView(owner, view.id, { name: 'After' }, view.version)
    await removeView(owner, view.id)
    const history = await findHistory(ctx, savedViewRecord.name, view.id, { limit: 9, offset: 0 })
    expect(history.map(({ action }) => action)).toEqual([
      'workspace.saved-view.remove',
      'workspace.saved-view.change',
      'workspace.saved-view.add',
    ])
    expect(history[1]?.changes).toEqual([{ field: 'name', before: 'Before', after: 'After' }])
  })

  it.each([
    ['no name', { ...VIEW, name: '' }, 'name'],
    ['a long query', { ...VIEW, query: 'q'.repeat(4001) }, 'query'],
    ['a path as list', { ...VIEW, list: '../etc' }, 'list'],
    ['an owner', { ...VIEW, owner: 1 }, 'owner'],
    ['a null byte', { ...VIEW, name: 'a\0b' }, 'name'],
  ])('refuses %s', async (_what, input, field) => {
    const user = await asNewUser(await operator(), 'equipment.access')
    await expect(saveView(user, input)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field }] },
    })
  })

  it('refuses a repeated name, an outdated version and whoever is not signed in', async () => {
    const ctx = await operator()
    const user = await asNewUser(ctx, 'equipment.access')
    const view = await saveView(user, VIEW)
    await expect(saveView(user, { ...VIEW, name: 'OURS' })).rejects.toMatchObject({
      refusal: { kind: 'conflict', field: 'name' },
    })
    await expect(changeView(user, view.id, { name: 'x' }, 7)).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } }
    await expect(listSavedViews(anonymous, SITES)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })
})
