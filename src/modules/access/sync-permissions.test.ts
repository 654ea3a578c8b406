import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { getRecord } from '../records/get-record.ts'
import { listRecords } from '../records/list-records.ts'
import { removeRecord } from '../records/retire-record.ts'
import { changeRecord, createRecord } from '../records/save-record.ts'
import { definePermissions } from './domain/permission.ts'
import { listGroupsOfModule, listUsersOfModule } from './list-module-users.ts'
import { groupRecord } from './records/group.ts'
import { loadAccount } from './store/accounts.ts'
import { findGroupByName, findRoleGroups } from './store/groups.ts'
import { findPermissions } from './store/permissions.ts'
import { type DeclaredAccess, syncPermissions } from './sync-permissions.ts'
import { ACCESS_TEST_MIGRATIONS, asUser, makeAccess, makeAccessContext, makeUser } from './testing.ts'

function group(key: string, name: string) {
  return { key, name, description: `${name}.`, foreignRoles: [] }
}

const FIRST: DeclaredAccess = {
  permissions: definePermissions('lims', {
    access: 'Use the laboratory',
    'sample.add': 'Add samples',
    'old.do': 'Do as of old',
  }),
  groups: [
    group('lims.analyst', 'Analysts'),
    group('lims.clerk', 'Clerks'),
    group('research.viewer', 'Viewers'),
  ],
  grants: [{ 'lims.clerk': ['lims.sample.add', 'lims.old.do'] }],
}

const SECOND: DeclaredAccess = {
  permissions: [
    ...definePermissions('lims', {
      access: 'Use the laboratory',
      'sample.add': 'Register samples',
      'result.add': 'Enter results',
    }),
    ...definePermissions('research', { access: 'Use research' }),
  ],
  groups: FIRST.groups,
  grants: [{ 'lims.clerk': ['lims.sample.add'], 'lims.analyst': ['lims.result.add'] }],
}

forEachDatabase('declared permissions', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const ctx = makeAccessContext(await open('fresh'))
    await syncPermissions(ctx, FIRST)
    return ctx
  }

  async function codesOf(ctx: Context, name: string): Promise<string[]> {
    const id = await findGroupByName(ctx.db, name)
    if (id === undefined) return ['no group']
    const codes = new Map(
      (await findPermissions(ctx.db)).map((permission) => [permission.id, permission.code]),
    )
    const { permissions } = await getRecord(ctx, groupRecord, id)
    return (permissions as number[]).map((permission) => codes.get(permission) ?? '').sort()
  }

  it('are stored, with the ready-made groups of the parts that are there', async () => {
    const ctx = await setUp()
    expect((await findPermissions(ctx.db)).map(({ code, title, module }) => [code, title, module])).toEqual([
      ['lims.access', 'Use the laboratory', 'lims'],
      ['lims.sample.add', 'Add samples', 'lims'],
      ['lims.old.do', 'Do as of old', 'lims'],
    ])
    expect(await codesOf(ctx, 'Analysts')).toEqual(['lims.access'])
    expect(await codesOf(ctx, 'Clerks')).toEqual(['lims.access', 'lims.old.do', 'lims.sample.add'])
    expect(await codesOf(ctx, 'Viewers')).toEqual(['no group'])
  })

  it('change nothing at the next start, nor at several at once', async () => {
    const ctx = await setUp()
    const before = await findPermissions(ctx.db)
    await Promise.all([syncPermissions(ctx, FIRST), syncPermissions(ctx, FIRST), syncPermissions(ctx, FIRST)])
    expect(await findPermissions(ctx.db)).toEqual(before)
    expect((await findRoleGroups(ctx.db)).size).toBe(2)
  })

  it('of a new version come to their groups, those that are gone are retired, and titles follow', async () => {
    const ctx = await setUp()
    await syncPermissions(ctx, SECOND)
    const stored = new Map((await findPermissions(ctx.db)).map((permission) => [permission.code, permission]))
    expect(stored.get('lims.sample.add')?.title).toBe('Register samples')
    expect(stored.get('lims.old.do')?.isRetired).toBe(true)
    expect(await codesOf(ctx, 'Analysts')).toEqual(['lims.access', 'lims.result.add'])
    expect(await codesOf(ctx, 'Viewers')).toEqual(['research.access'])
    const clerk = await makeUser(ctx, makeAccess(), {
      groups: [(await findGroupByName(ctx.db, 'Clerks')) ?? 0],
    })
    expect((await loadAccount(ctx.db, clerk))?.actor.permissions).toEqual(
      new Set(['lims.access', 'lims.sample.add']),
    )
    await syncPermissions(ctx, FIRST)
    expect((await findPermissions(ctx.db)).find(({ code }) => code === 'lims.old.do')?.isRetired).toBe(false)
  })

  it('leave alone what an administrator changed', async () => {
    const ctx = await setUp()
    const clerks = (await findGroupByName(ctx.db, 'Clerks')) ?? 0
    await changeRecord(ctx, groupRecord, clerks, 1, { name: 'Front desk', permissions: [] })
    await removeRecord(ctx, groupRecord, (await findGroupByName(ctx.db, 'Analysts')) ?? 0)
    await syncPermissions(ctx, SECOND)
    expect(await codesOf(ctx, 'Front desk')).toEqual([])
    expect(await codesOf(ctx, 'Clerks')).toEqual(['no group'])
    expect(await codesOf(ctx, 'Analysts')).toEqual(['no group'])
  })

  it('take a group of the same name for the ready-made one', async () => {
    const ctx = makeAccessContext(await open('fresh'))
    const { id } = await createRecord(ctx, groupRecord, { name: 'Clerks' })
    await syncPermissions(ctx, FIRST)
    expect((await findRoleGroups(ctx.db)).get('lims.clerk')).toBe(id)
    expect(await codesOf(ctx, 'Clerks')).toEqual(['lims.access', 'lims.old.do', 'lims.sample.add'])
  })

  it('may not be declared twice', async () => {
    const ctx = await setUp()
    const twice = { ...FIRST, permissions: [...FIRST.permissions, ...FIRST.permissions] }
    await expect(syncPermissions(ctx, twice)).rejects.toThrow('lims.access is declared twice')
  })

  it('decide who belongs to a part, and which groups are its own', async () => {
    const ctx = await setUp()
    await syncPermissions(ctx, SECOND)
    const access = makeAccess()
    const [clerks = 0, viewers = 0] = [
      await findGroupByName(ctx.db, 'Clerks'),
      await findGroupByName(ctx.db, 'Viewers'),
    ]
    const both = await createRecord(ctx, groupRecord, {
      name: 'Both',
      permissions: (await findPermissions(ctx.db))
        .filter(({ code }) => code.endsWith('.access'))
        .map(({ id }) => id),
    })
    const clerk = await makeUser(ctx, access, { groups: [clerks] })
    const viewer = await makeUser(ctx, access, { groups: [viewers] })
    const admin = await makeUser(ctx, access, { isAdministrator: true })
    const everywhere = await makeUser(ctx, access, { groups: [both.id] })
    const query = { where: EVERYTHING, order: [], limit: 100, offset: 0 }
    const asClerk = await asUser(ctx, clerk, 'token')
    const users = await listUsersOfModule(asClerk, 'lims', query)
    expect(users.rows.map(({ id }) => id).sort((a, b) => a - b)).toEqual([clerk, admin, everywhere])
    expect(users.total).toBe(3)
    const groups = await listGroupsOfModule(asClerk, 'lims', query)
    expect(groups.rows.map(({ name }) => name)).toEqual(['Analysts', 'Clerks'])
    expect(groups.rows.find(({ id }) => id === clerks)?.users).toEqual([clerk])
    const refused = { refusal: { kind: 'not-permitted', permission: 'lims.access' } }
    const asViewer = await asUser(ctx, viewer, 'token')
    await expect(async () => listUsersOfModule(asViewer, 'lims', query)).rejects.toMatchObject(refused)
    await expect(async () => listGroupsOfModule(asViewer, 'lims', query)).rejects.toMatchObject(refused)
    await expect(listRecords(asClerk, groupRecord, query)).rejects.toMatchObject({
      refusal: { permission: 'access.group.view' },
    })
  })
})
