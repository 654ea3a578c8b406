import type { Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { AccessTables } from './tables.ts'

export type ApiKey = {
  readonly id: number
  readonly userId: number
  /** counted per developer from 1: the id that the wire shows */
  readonly number: number
  readonly name: string
  readonly prefix: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

export type NewApiKey = {
  readonly userId: number
  readonly number: number
  readonly name: string
  readonly prefix: string
  readonly secretHash: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

export async function insertApiKey(db: Database, key: NewApiKey): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .insertInto('access_api_key')
    .values({
      user_id: key.userId,
      number: key.number,
      name: key.name,
      prefix: key.prefix,
      secret_hash: key.secretHash,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The key of a prefix, living or revoked but not deleted, with its hash and the epoch of permissions. */
export async function findApiKeyByPrefix(
  db: Database,
  prefix: string,
): Promise<{ readonly key: ApiKey; readonly secretHash: string; readonly epoch: number } | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_api_key')
    .innerJoin('access_epoch', (join) => join.on('access_epoch.id', '=', 1))
    .selectAll('access_api_key')
    .select('access_epoch.epoch')
    .where('access_api_key.prefix', '=', prefix)
    .where('access_api_key.deleted_at', 'is', null)
    .executeTakeFirst()
  return row && { key: toApiKey(row), secretHash: row.secret_hash, epoch: row.epoch }
}

/** Newest first, revoked ones included. */
export async function findApiKeysOf(db: Database, userId: number): Promise<ApiKey[]> {
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_api_key')
    .selectAll()
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .orderBy('number', 'desc')
    .execute()
  return rows.map(toApiKey)
}

/** One key of a user by its number or its prefix. */
export async function findApiKeyOf(
  db: Database,
  userId: number,
  name: { readonly number: number } | { readonly prefix: string },
): Promise<ApiKey | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_api_key')
    .selectAll()
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where((eb) => ('number' in name ? eb('number', '=', name.number) : eb('prefix', '=', name.prefix)))
    .executeTakeFirst()
  return row && toApiKey(row)
}

/** @returns whether it was not revoked already */
export async function saveApiKeyRevoked(db: Database, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<AccessTables>()
    .updateTable('access_api_key')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** @returns whether it was not deleted already */
export async function saveApiKeyDeleted(db: Database, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<AccessTables>()
    .updateTable('access_api_key')
    .set({ deleted_at: at })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Only if no other server has done it since. */
export async function saveApiKeyUsed(db: Database, id: number, at: Date, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_api_key')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', before.toISOString())]))
    .execute()
}

function toApiKey(row: Selectable<AccessTables['access_api_key']>): ApiKey {
  return {
    id: row.id,
    userId: row.user_id,
    number: row.number,
    name: row.name,
    prefix: row.prefix,
    createdAt: new Date(row.created_at),
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  }
}
