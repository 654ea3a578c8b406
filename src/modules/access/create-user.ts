import { type Context, inTransaction } from '../../context.ts'
import { createRecord } from '../records/save-record.ts'
import type { Access } from './access.ts'
import { requireManagingCredential } from './acting-as.ts'
import { type UserRow, userRecord } from './records/user.ts'
import { requireGoodPassword } from './set-password.ts'
import { savePasswordHash } from './store/passwords.ts'

export type NewUser = {
  readonly username: string
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string | null
  readonly isActive?: boolean
  readonly isStaff?: boolean
  readonly isAdministrator?: boolean
  readonly groups?: readonly number[]
  /** without one nobody can sign in until an invitation or a reset gives one */
  readonly password?: string
}

/**
 * Makes a user.
 *
 * @param options.password `unchecked` takes any password: for demonstrations, and for dialects with documented rules
 *   of their own, which they check themselves
 */
export async function createUser(
  ctx: Context,
  access: Access,
  { password, ...given }: NewUser,
  options: { readonly password?: 'checked' | 'unchecked' } = {},
): Promise<UserRow> {
  requireManagingCredential(ctx)
  if (password !== undefined && options.password !== 'unchecked') {
    const { username, firstName = '', lastName = '', email = null } = given
    requireGoodPassword(access, password, { username, firstName, lastName, email }, 'password')
  }
  const hash = password === undefined ? undefined : await access.passwords.hash(password)
  return inTransaction(ctx, async (tx) => {
    const user = (await createRecord(tx, userRecord, given)) as UserRow
    if (hash !== undefined) await savePasswordHash(tx.db, user.id, hash, tx.now())
    return user
  })
}
