import type { Database } from '../../../platform/database/database.ts'
import type { LoginFailure } from '../domain/login-limits.ts'
import type { AccessTables } from './tables.ts'

/** Whose failures count together. */
export type LoginSubject = {
  /** keyed hash of the name as it was typed, so that a password typed into the wrong field is not kept */
  readonly nameHash: string
  readonly userId: number | null
  readonly address: string | null
}

/** More than any limit: beyond it the answer is the same. */
const ENOUGH = 200

export async function findLoginFailures(
  db: Database,
  subject: LoginSubject,
  since: Date,
): Promise<LoginFailure[]> {
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_login_failure')
    .select(['at', 'name_hash', 'user_id', 'address'])
    .where('at', '>', since.toISOString())
    .where((eb) =>
      eb.or([
        eb('name_hash', '=', subject.nameHash),
        ...(subject.userId === null ? [] : [eb('user_id', '=', subject.userId)]),
        ...(subject.address === null ? [] : [eb('address', '=', subject.address)]),
      ]),
    )
    .orderBy('at', 'desc')
    .limit(ENOUGH)
    .execute()
  return rows.map((row) => ({
    at: new Date(row.at),
    sameAccount:
      row.name_hash === subject.nameHash || (row.user_id !== null && row.user_id === subject.userId),
    sameAddress: row.address !== null && row.address === subject.address,
  }))
}

export async function insertLoginFailure(db: Database, subject: LoginSubject, at: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .insertInto('access_login_failure')
    .values({ at, name_hash: subject.nameHash, user_id: subject.userId, address: subject.address })
    .execute()
}

export async function deleteLoginFailuresBefore(db: Database, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .deleteFrom('access_login_failure')
    .where('at', '<', before.toISOString())
    .execute()
}
