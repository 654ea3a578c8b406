import type { Context, RecordHook } from '../../context.ts'
import { idsOf, requireNothingLacking } from './change-limits.ts'
import { lacksForGroupChange, touchedBy } from './domain/escalation.ts'
import { raiseEpoch } from './store/epoch.ts'
import { findPermissionCodes } from './store/groups.ts'

type Values = Readonly<Record<string, unknown>>

/** What the generic verbs of groups keep true besides the fields themselves. */
export const groupHook: RecordHook = {
  async beforeSave(tx, values, before) {
    await requireMayChange(tx, values, before, before?.id)
    return { ...values }
  },

  async afterSave(tx, after, before) {
    if (before && !after) await requireMayChange(tx, { permissions: [], users: [] }, before, before.id)
    await raiseEpoch(tx.db)
  },
}

async function requireMayChange(
  tx: Context,
  values: Values,
  before: Values | undefined,
  groupId: number | undefined,
): Promise<void> {
  const ids = (field: string) => {
    const old = idsOf(before?.[field])
    return { old, next: field in values ? idsOf(values[field]) : old }
  }
  const permissions = ids('permissions')
  const users = ids('users')
  const codes = await findPermissionCodes(tx.db, [...new Set([...permissions.old, ...permissions.next])])
  const touched = [...touchedBy(permissions.old, permissions.next)]
  requireNothingLacking(
    lacksForGroupChange(tx.actor, {
      groupId,
      touchedPermissions: new Set(touched.flatMap((id) => codes.get(id) ?? [])),
      touchedUsers: touchedBy(users.old, users.next),
      permissions: new Set(codes.values()),
    }),
  )
}
