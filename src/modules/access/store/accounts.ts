import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { Account } from '../domain/account.ts'
import type { AccessTables } from './tables.ts'

type AccountRow = {
  id: number
  username: string
  first_name: string
  last_name: string
  email: string | null
  is_active: number
  is_staff: number
  is_administrator: number
  credentials_valid_from: string | null
  kind: 'group' | 'permission' | null
  group_id: number | null
  code: string | null
}

/** A user with its groups and everything it may do, in one statement; an administrator holds every permission. */
export async function loadAccount(db: Database, userId: number): Promise<Account | undefined> {
  const { rows } = await sql<AccountRow>`
    with granted as (
      select 'group' as kind, group_id, null as code from access_user_group where user_id = ${userId}
      union all
      select 'permission' as kind, null as group_id, p.code from access_permission p
      where p.retired_at is null and (
        exists (select 1 from access_user a where a.id = ${userId} and a.is_administrator)
        or p.id in (
          select gp.permission_id from access_user_group ug
          join access_group_permission gp on gp.group_id = ug.group_id where ug.user_id = ${userId}
        )
      )
    )
    select u.id, u.username, u.first_name, u.last_name, u.email, u.is_active, u.is_staff, u.is_administrator,
      u.credentials_valid_from, granted.kind, granted.group_id, granted.code
    from access_user u left join granted on 1 = 1 where u.id = ${userId}`.execute(db)
  const [first] = rows
  return first && toAccount(first, rows)
}

function toAccount(user: AccountRow, rows: readonly AccountRow[]): Account {
  const groupIds = rows.flatMap((row) => row.group_id ?? []).sort((a, b) => a - b)
  const isAdministrator = user.is_administrator === 1
  const permissions = new Set(rows.flatMap((row) => row.code ?? []).sort())
  return {
    id: user.id,
    username: user.username,
    firstName: user.first_name,
    lastName: user.last_name,
    email: user.email,
    isActive: user.is_active === 1,
    isStaff: user.is_staff === 1,
    credentialsValidFrom: user.credentials_valid_from === null ? null : new Date(user.credentials_valid_from),
    actor: { kind: 'user', id: user.id, username: user.username, isAdministrator, permissions, groupIds },
  }
}

/** What log-in needs of whoever carries a name, before the password is checked. */
export type SignInCandidate = {
  readonly userId: number
  readonly isActive: boolean
  readonly hash: string | undefined
}

export function findCandidateByUsername(
  db: Database,
  username: string,
): Promise<SignInCandidate | undefined> {
  return findCandidate(db, 'username', username)
}

export function findCandidateByEmail(db: Database, email: string): Promise<SignInCandidate | undefined> {
  return findCandidate(db, 'email_folded', fold(email))
}

async function findCandidate(
  db: Database,
  column: 'username' | 'email_folded',
  value: string,
): Promise<SignInCandidate | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_user')
    .leftJoin('access_password', 'access_password.user_id', 'access_user.id')
    .select(['access_user.id', 'access_user.is_active', 'access_password.hash'])
    .where(`access_user.${column}`, '=', value)
    .executeTakeFirst()
  return row && { userId: row.id, isActive: row.is_active === 1, hash: row.hash ?? undefined }
}

/** Whoever signs in by a name that looks like another one's address could be taken for that one. */
export async function isNameTakenByAnother(
  db: Database,
  names: { readonly username: string; readonly email: string | null },
  ownId: number | undefined,
): Promise<'username' | 'email' | undefined> {
  const username = fold(names.username)
  const email = names.email === null ? '' : fold(names.email)
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_user')
    .select(['id', 'email_folded'])
    .where((eb) => eb.or([eb('email_folded', '=', username), eb('username_folded', '=', email)]))
    .where('id', '!=', ownId ?? 0)
    .executeTakeFirst()
  return row && (row.email_folded === username ? 'username' : 'email')
}

export async function saveLastLogin(db: Database, userId: number, at: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_user')
    .set({ last_login_at: at })
    .where('id', '=', userId)
    .execute()
}

/** From then on nothing counts that was issued or remembered earlier. */
export async function saveCredentialsValidFrom(db: Database, userId: number, at: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_user')
    .set({ credentials_valid_from: at })
    .where('id', '=', userId)
    .execute()
}

export async function countActiveAdministrators(db: Database): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_user')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('is_active', '=', sql<number>`${true}`)
    .where('is_administrator', '=', sql<number>`${true}`)
    .executeTakeFirstOrThrow()
  return row.count
}

/** The next number of an API key of this user; never given twice, whatever happens at the same time. */
export async function takeApiKeyNumber(db: Database, userId: number): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .updateTable('access_user')
    .set((eb) => ({ api_keys_issued: eb('api_keys_issued', '+', 1) }))
    .where('id', '=', userId)
    .returning('api_keys_issued')
    .executeTakeFirstOrThrow()
  return row.api_keys_issued
}
