import { asSystem, type Context } from '../../../context.ts'
import { compare } from '../../../core/query.ts'
import { permissionRecord } from '../../../modules/access/records/permission.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { WireError } from '../../../platform/http/wire-error.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { CODENAMES } from '../resources/codenames.ts'

/**
 * The special update of a group: `{"type":"perm","perm":"qa.add_testlistinstance","active":"true"}`.
 *
 * @returns the ids of the permissions that the group then has, and the documented answer
 * @throws WireError 400 for a permission that nobody here can have
 */
export async function toggledPermission(
  ctx: Context,
  group: AnyRow,
  { perm, active }: Readonly<Record<string, unknown>>,
): Promise<{ readonly permissions: readonly number[]; readonly answer: unknown }> {
  if (perm === undefined) throw new WireError(400, { perm: ['This field is required.'] })
  const codename = String(perm)
  const code = CODENAMES.permission(codename)
  const [id] = code === undefined ? [] : (await findPermissionIds(ctx, [code])).values()
  if (id === undefined) {
    throw new WireError(400, { status: 'error', reason: `permission '${codename}' not found` })
  }
  const held = Array.isArray(group.permissions) ? group.permissions.map(Number) : []
  const others = held.filter((other) => other !== id)
  const isOn = active === 'true' || active === true
  return {
    permissions: isOn ? [...others, id] : others,
    answer: { status: 'ok', permission: codename, action: isOn ? 'added' : 'removed' },
  }
}

/** Ids of permissions by their codes; codes that no module declares are left out. */
export async function findPermissionIds(
  ctx: Context,
  codes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    permissionRecord,
    { where: compare('code', 'in', codes), order: [], limit: codes.length, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return new Map(rows.map(({ id, code }) => [String(code), id]))
}
