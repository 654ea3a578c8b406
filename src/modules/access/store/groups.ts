import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { AccessTables } from './tables.ts'

export async function findPermissionCodes(
  db: Database,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_permission')
    .select(['id', 'code'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, code }) => [id, code]))
}

export async function findGroupByName(db: Database, name: string): Promise<number | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_group')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.id
}

export async function insertGroup(
  db: Database,
  name: string,
  description: string,
  at: Date,
): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .insertInto('access_group')
    .values({
      version: 1,
      name,
      name_folded: fold(name),
      description,
      description_folded: fold(description),
      created_at: at,
      modified_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Ready-made groups that were made once, with the group they became; null where it was deleted since. */
export async function findRoleGroups(db: Database): Promise<Map<string, number | null>> {
  const rows = await db.withTables<AccessTables>().selectFrom('access_role_group').selectAll().execute()
  return new Map(rows.map(({ id, group_id }) => [id, group_id]))
}

export async function insertRoleGroup(db: Database, role: string, groupId: number): Promise<void> {
  await db
    .withTables<AccessTables>()
    .insertInto('access_role_group')
    .values({ id: role, group_id: groupId })
    .execute()
}

export type Grant = { readonly groupId: number; readonly permissionId: number }

export async function insertGrants(db: Database, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return
  await db
    .withTables<AccessTables>()
    .insertInto('access_group_permission')
    .values(grants.map(({ groupId, permissionId }) => ({ group_id: groupId, permission_id: permissionId })))
    .onConflict((conflict) => conflict.columns(['group_id', 'permission_id']).doNothing())
    .execute()
}
