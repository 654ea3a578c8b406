import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { AccessTables } from './tables.ts'

export type Token = {
  readonly id: number
  readonly userId: number
  readonly name: string
  /** the one of its user that `/api/get-token/` shows again */
  readonly isShownAgain: boolean
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

export type NewToken = {
  readonly userId: number
  readonly name: string
  readonly secretHash: string
  readonly createdAt: Date
  readonly createdById: number | null
  readonly expiresAt: Date | null
}

export async function insertToken(db: Database, token: NewToken): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .insertInto('access_token')
    .values(columnsOf(token))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/**
 * Stores the one token of its user that can be shown again, unless the user has one.
 *
 * @returns whether this one was stored
 */
export async function insertShownAgainToken(db: Database, token: NewToken, sealed: string): Promise<boolean> {
  const stored = await db
    .withTables<AccessTables>()
    .insertInto('access_token')
    .values({ ...columnsOf(token), shown_again_to_id: token.userId, sealed })
    .onConflict((conflict) => conflict.column('shown_again_to_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored !== undefined
}

export async function findShownAgainToken(
  db: Database,
  userId: number,
): Promise<{ readonly id: number; readonly sealed: string | null } | undefined> {
  return await db
    .withTables<AccessTables>()
    .selectFrom('access_token')
    .select(['id', 'sealed'])
    .where('shown_again_to_id', '=', userId)
    .executeTakeFirst()
}

/** The token of a secret, living or not, with the epoch of permissions: one statement for a whole request. */
export async function findTokenByHash(
  db: Database,
  secretHash: string,
): Promise<{ readonly token: Token; readonly epoch: number } | undefined> {
  const [row] = await TOKEN_BY_HASH(db, secretHash)
  return row && { token: toToken(row), epoch: row.epoch }
}

/** Every request with a token runs it. */
const TOKEN_BY_HASH = preparedStatement<
  Selectable<AccessTables['access_token']> & { readonly epoch: number },
  [secretHash: string]
>(
  (secretHash) => sql`select access_token.*, access_epoch.epoch
    from access_token join access_epoch on access_epoch.id = 1 where access_token.secret_hash = ${secretHash}`,
)

export async function findTokenById(db: Database, id: number): Promise<Token | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_token')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toToken(row)
}

/** Those that were not revoked, latest first. */
export async function findTokensOf(db: Database, userId: number): Promise<Token[]> {
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_token')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toToken)
}

/** @returns whether it was not revoked already */
export async function saveTokenRevoked(db: Database, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<AccessTables>()
    .updateTable('access_token')
    .set({ revoked_at: at, shown_again_to_id: null, sealed: null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Only if no other server has done it since. */
export async function saveTokenUsed(db: Database, id: number, at: Date, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_token')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', before.toISOString())]))
    .execute()
}

function columnsOf(token: NewToken) {
  return {
    user_id: token.userId,
    name: token.name,
    secret_hash: token.secretHash,
    created_at: token.createdAt,
    created_by_id: token.createdById,
    expires_at: token.expiresAt,
  }
}

function toToken(row: Selectable<AccessTables['access_token']>): Token {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    isShownAgain: row.shown_again_to_id !== null,
    createdAt: new Date(row.created_at),
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  }
}
