import { type Context, inTransaction } from '../../context.ts'
import type { Permission } from './domain/permission.ts'
import { partOf, permissionsOfRoles, type RoleGrants, type RoleGroup } from './domain/role-group.ts'
import { raiseEpoch } from './store/epoch.ts'
import {
  findGroupByName,
  findRoleGroups,
  type Grant,
  insertGrants,
  insertGroup,
  insertRoleGroup,
} from './store/groups.ts'
import {
  findPermissions,
  insertPermissions,
  type StoredPermission,
  savePermission,
  savePermissionsRetired,
} from './store/permissions.ts'

/** What all modules together declare. */
export type DeclaredAccess = {
  readonly permissions: readonly Permission[]
  readonly groups: readonly RoleGroup[]
  readonly grants: readonly RoleGrants[]
}

/**
 * Brings permissions and ready-made groups of the database in line with the declarations, at every start: new
 * permissions are stored and given to their ready-made groups, those no longer declared are retired. What an
 * administrator changed stays: a group is made once, and only permissions that are new to the database are given.
 *
 * @throws Error for declarations that contradict one another
 */
export async function syncPermissions(ctx: Context, declared: DeclaredAccess): Promise<void> {
  const permissions = byCode(declared.permissions)
  const roles = permissionsOfRoles(declared.groups, declared.grants, new Set(permissions.keys()))
  await inTransaction(ctx, async (tx) => {
    // servers that start at the same time do this one after the other
    await raiseEpoch(tx.db)
    const known = await findPermissions(tx.db)
    const isKnown = new Set(known.map(({ code }) => code))
    const added = [...permissions.values()].filter(({ code }) => !isKnown.has(code))
    await insertPermissions(tx.db, added)
    await updateKnown(tx, known, permissions)
    const parts = new Set(declared.permissions.map(({ module }) => module))
    const made = await makeGroups(
      tx,
      declared.groups.filter((group) => parts.has(partOf(group))),
    )
    const idByCode = new Map((await findPermissions(tx.db)).map(({ code, id }) => [code, id]))
    await insertGrants(tx.db, grantsFor(roles, made, new Set(added.map(({ code }) => code)), idByCode))
  })
}

function byCode(permissions: readonly Permission[]): ReadonlyMap<string, Permission> {
  const result = new Map<string, Permission>()
  for (const permission of permissions) {
    if (result.has(permission.code)) throw new Error(`The permission ${permission.code} is declared twice.`)
    result.set(permission.code, permission)
  }
  return result
}

async function updateKnown(
  tx: Context,
  known: readonly StoredPermission[],
  declared: ReadonlyMap<string, Permission>,
): Promise<void> {
  for (const { id, code, title, isRetired } of known) {
    const permission = declared.get(code)
    if (permission && (isRetired || permission.title !== title))
      await savePermission(tx.db, id, permission.title)
  }
  const gone = known.filter(({ code, isRetired }) => !isRetired && !declared.has(code)).map(({ id }) => id)
  await savePermissionsRetired(tx.db, gone, tx.now())
}

type MadeGroup = { readonly groupId: number; readonly isNew: boolean }

/** The living ready-made groups by key; a group of the same name is taken for the ready-made one. */
async function makeGroups(
  tx: Context,
  groups: readonly RoleGroup[],
): Promise<ReadonlyMap<string, MadeGroup>> {
  const known = await findRoleGroups(tx.db)
  const made = new Map<string, MadeGroup>()
  for (const { key, name, description } of groups) {
    const knownId = known.get(key)
    if (knownId === null) continue
    if (knownId !== undefined) {
      made.set(key, { groupId: knownId, isNew: false })
      continue
    }
    const groupId =
      (await findGroupByName(tx.db, name)) ?? (await insertGroup(tx.db, name, description, tx.now()))
    await insertRoleGroup(tx.db, key, groupId)
    made.set(key, { groupId, isNew: true })
  }
  return made
}

function grantsFor(
  roles: ReadonlyMap<string, ReadonlySet<string>>,
  made: ReadonlyMap<string, MadeGroup>,
  added: ReadonlySet<string>,
  idByCode: ReadonlyMap<string, number>,
): Grant[] {
  return [...made].flatMap(([key, { groupId, isNew }]) =>
    [...(roles.get(key) ?? [])].flatMap((code) => {
      const permissionId = idByCode.get(code)
      return permissionId !== undefined && (isNew || added.has(code)) ? [{ groupId, permissionId }] : []
    }),
  )
}
