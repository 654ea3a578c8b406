import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { Permission } from '../domain/permission.ts'
import type { AccessTables } from './tables.ts'

export type StoredPermission = Permission & { readonly id: number; readonly isRetired: boolean }

export async function findPermissions(db: Database): Promise<StoredPermission[]> {
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_permission')
    .select(['id', 'code', 'title', 'module', 'retired_at'])
    .execute()
  return rows.map(({ retired_at, ...row }) => ({ ...row, isRetired: retired_at !== null }))
}

export async function insertPermissions(db: Database, permissions: readonly Permission[]): Promise<void> {
  if (permissions.length === 0) return
  await db
    .withTables<AccessTables>()
    .insertInto('access_permission')
    .values(
      permissions.map(({ code, title, module }) => ({
        version: 1,
        code,
        code_folded: fold(code),
        title,
        title_folded: fold(title),
        module,
        module_folded: fold(module),
      })),
    )
    .execute()
}

/** Gives a declared permission its present title, and takes it back into use. */
export async function savePermission(db: Database, id: number, title: string): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_permission')
    .set({ title, title_folded: fold(title), retired_at: null })
    .where('id', '=', id)
    .execute()
}

export async function savePermissionsRetired(db: Database, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .withTables<AccessTables>()
    .updateTable('access_permission')
    .set({ retired_at: at })
    .where('id', 'in', [...ids])
    .execute()
}
