import { describe, expect, it } from 'vitest'
import { ACCESS_PERMISSIONS } from './access-permissions.ts'
import { definePermissions, definePermissionsOfRecord } from './permission.ts'
import { permissionsOfRoles } from './role-group.ts'
import { ACCESS_ROLE_GRANTS, ROLE_GROUPS } from './role-groups.ts'

describe('permissions', () => {
  it('carry the name of their module', () => {
    expect(
      definePermissions('lims', { access: 'Use the laboratory', 'sample.receive': 'Receive samples' }),
    ).toEqual([
      { code: 'lims.access', title: 'Use the laboratory', module: 'lims' },
      { code: 'lims.sample.receive', title: 'Receive samples', module: 'lims' },
    ])
  })

  it('of a record are those that its generic verbs ask for', () => {
    const codes = definePermissionsOfRecord('lims', 'client', { one: 'Client', many: 'Clients' }).map(
      ({ code }) => code,
    )
    expect(codes).toEqual(['lims.client.add', 'lims.client.change', 'lims.client.retire'])
  })

  it.each(['Sample.receive', 'a.b.c', '', 'a b'])('cannot be called %j', (name) => {
    expect(() => definePermissions('lims', { [name]: 'x' })).toThrow('cannot be called')
  })
})

describe('ready-made groups', () => {
  it('have names and keys of their own', () => {
    expect(new Set(ROLE_GROUPS.map(({ key }) => key)).size).toBe(ROLE_GROUPS.length)
    expect(new Set(ROLE_GROUPS.map(({ name }) => name)).size).toBe(ROLE_GROUPS.length)
  })

  it('are given only what is declared', () => {
    const declared = new Set(ACCESS_PERMISSIONS.map(({ code }) => code))
    expect(
      permissionsOfRoles(ROLE_GROUPS, [ACCESS_ROLE_GRANTS], declared).get('access.user-administrator')?.size,
    ).toBe(9)
    expect(() =>
      permissionsOfRoles(ROLE_GROUPS, [{ 'lims.analyst': ['lims.fly'], 'lims.pilot': [] }], declared),
    ).toThrow(
      'lims.analyst is given lims.fly, which is not declared\nthere is no ready-made group lims.pilot',
    )
  })

  it('belong to their part as soon as it declares membership', () => {
    const roles = permissionsOfRoles(ROLE_GROUPS, [], new Set(['lims.access']))
    expect(roles.get('lims.analyst')).toEqual(new Set(['lims.access']))
    expect(roles.get('research.viewer')).toEqual(new Set())
  })
})
