import { asSystem } from '../../../context.ts'
import { compare } from '../../../core/query.ts'
import { isGroupOf, isUserOf } from '../../../modules/access/list-module-users.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { resourceLink } from '../wire/links.ts'
import { CODENAMES } from './codenames.ts'
import { declareResource, TEXT, to } from './declare-resource.ts'
import type { ExtraFields, Presenting, WireResource } from './wire-resource.ts'

/** A user's own and group permissions in the documented words; all there are for an administrator. */
const userExtras: ExtraFields = async ({ ctx }, rows) => {
  const groups = [
    ...new Set(rows.flatMap((row) => (Array.isArray(row.groups) ? row.groups.map(Number) : []))),
  ]
  const byGroup = await permissionsOfGroups({ ctx }, groups)
  return new Map(
    rows.map((row) => {
      const own = Array.isArray(row.groups) ? row.groups.flatMap((id) => byGroup.get(Number(id)) ?? []) : []
      const permissions = row.isAdministrator === true ? CODENAMES.all() : CODENAMES.of(own)
      return [
        row.id,
        {
          permissions: [...permissions].sort(),
          email: row.email ?? '',
          first_name: row.firstName ?? '',
          last_name: row.lastName ?? '',
        },
      ]
    }),
  )
}

const groupExtras: ExtraFields = async ({ ctx, links }, rows) => {
  const ids = rows.map((row) => row.id)
  const byGroup = await permissionsOfGroups({ ctx }, ids)
  const members = await membersOf({ ctx }, ids)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        permissions: CODENAMES.sorted(byGroup.get(row.id) ?? []),
        user_set: (members.get(row.id) ?? []).map((id) => resourceLink(links, 'auth/users', id)),
      },
    ]),
  )
}

type Reading = Pick<Presenting, 'ctx'>

/** Codes of the permissions of groups. The permission to see the group was asked for before. */
async function permissionsOfGroups(
  { ctx }: Reading,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  if (ids.length === 0) return new Map()
  const system = asSystem(ctx, 'qatrack')
  const { rows: groups } = await listRecords(
    system,
    ctx.catalogue.get('access.group'),
    { where: compare('id', 'in', ids), order: [], limit: ids.length, offset: 0 },
    { total: 'none' },
  )
  const wanted = [
    ...new Set(
      groups.flatMap((group) => (Array.isArray(group.permissions) ? group.permissions.map(Number) : [])),
    ),
  ]
  const { rows: permissions } = await listRecords(
    system,
    ctx.catalogue.get('access.permission'),
    { where: compare('id', 'in', wanted), order: [], limit: wanted.length + 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const codeOf = new Map(permissions.map((permission) => [permission.id, String(permission.code)]))
  return new Map(
    groups.map((group) => [
      group.id,
      Array.isArray(group.permissions) ? group.permissions.flatMap((id) => codeOf.get(Number(id)) ?? []) : [],
    ]),
  )
}

async function membersOf(
  { ctx }: Reading,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, number[]>> {
  if (groupIds.length === 0) return new Map()
  const { rows: users } = await listRecords(
    asSystem(ctx, 'qatrack'),
    ctx.catalogue.get('access.user'),
    {
      where: compare('groups', 'in', groupIds),
      order: [{ path: ['id'], direction: 'asc' }],
      limit: 100_000,
      offset: 0,
    },
    { total: 'none' },
  )
  const members = new Map<number, number[]>()
  for (const user of users) {
    for (const group of Array.isArray(user.groups) ? user.groups.map(Number) : []) {
      members.set(group, [...(members.get(group) ?? []), user.id])
    }
  }
  return members
}

/** `/api/auth/`: users and groups of machine QA, and of no other part. */
export const AUTH_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'auth/users',
    title: 'User',
    record: 'access.user',
    fields: 'username first_name last_name email groups',
    detailFields: 'username first_name last_name email date_joined permissions groups',
    order: ['username'],
    ordering: ['username', 'first_name', 'last_name', 'email', 'is_staff', 'is_active', 'is_superuser'],
    within: isUserOf('machine-qa'),
    extra: userExtras,
    filters: {
      username: TEXT,
      first_name: TEXT,
      last_name: TEXT,
      email: TEXT,
      is_staff: 'E',
      is_active: 'E',
      date_joined: 'E mm',
    },
  }),
  declareResource({
    path: 'auth/groups',
    title: 'Group',
    record: 'access.group',
    fields: 'name',
    detailFields: 'name permissions user_set',
    order: ['name'],
    within: isGroupOf('machine-qa'),
    extra: groupExtras,
    filters: { permissions: to('auth/permissions'), name: TEXT },
  }),
]
