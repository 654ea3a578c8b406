import type { Context, RecordHook } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { idsOf, requireNothingLacking } from './change-limits.ts'
import { lacksForUserChange, touchedBy } from './domain/escalation.ts'
import { countActiveAdministrators, isNameTakenByAnother, loadAccount } from './store/accounts.ts'
import { raiseEpoch } from './store/epoch.ts'
import { deleteSessionsOf } from './store/sessions.ts'

type Values = Readonly<Record<string, unknown>>

/** What the generic verbs of users keep true besides the fields themselves. */
export const userHook: RecordHook = {
  async beforeSave(tx, values, before) {
    await requireFreeNames(tx, values, before)
    await requireMayChange(tx, values, before)
    return before ? { ...values } : { ...values, dateJoined: tx.now() }
  },

  async afterSave(tx, after, before) {
    if (before && !after) requireMayRemove(tx, before)
    // before the administrators are counted: it makes two simultaneous demotions wait for one another
    await raiseEpoch(tx.db)
    if (isActiveAdministrator(before) && !isActiveAdministrator(after)) await requireAnAdministrator(tx)
    if (after && !after.isActive) await deleteSessionsOf(tx.db, after.id)
  },
}

async function requireFreeNames(tx: Context, values: Values, before: AnyRow | undefined): Promise<void> {
  const username = String(values.username ?? before?.username)
  const given = 'email' in values ? values.email : before?.email
  const email = typeof given === 'string' ? given : null
  const taken = await isNameTakenByAnother(tx.db, { username, email }, before?.id)
  if (taken === 'username') throw invalidInput('username', 'This is the e-mail address of another user.')
  if (taken === 'email') throw invalidInput('email', 'This is the user name of another user.')
}

async function requireMayChange(tx: Context, values: Values, before: AnyRow | undefined): Promise<void> {
  const subject = before && (await loadAccount(tx.db, before.id))?.actor
  const change = (field: string) =>
    field in values && values[field] !== (before?.[field] ?? false) ? 'changed' : 'unchanged'
  requireNothingLacking(
    lacksForUserChange(tx.actor, {
      subject,
      isAdministrator: change('isAdministrator'),
      isStaff: change('isStaff'),
      touchedGroups: 'groups' in values ? touchedBy(idsOf(before?.groups), idsOf(values.groups)) : new Set(),
    }),
  )
}

/** Groups say it all by then: whoever belongs to each of them holds what the removed user held. */
function requireMayRemove(tx: Context, before: AnyRow): void {
  requireNothingLacking(
    lacksForUserChange(tx.actor, {
      subject: { id: before.id, isAdministrator: before.isAdministrator === true, permissions: new Set() },
      isAdministrator: 'unchanged',
      isStaff: 'unchanged',
      touchedGroups: new Set(idsOf(before.groups)),
    }),
  )
}

function isActiveAdministrator(row: AnyRow | undefined): boolean {
  return row?.isActive === true && row.isAdministrator === true
}

async function requireAnAdministrator(tx: Context): Promise<void> {
  if ((await countActiveAdministrators(tx.db)) > 0) return
  throw new RefusedError({
    kind: 'conflict',
    reason: 'This is the last active administrator. Make another user administrator first.',
  })
}
