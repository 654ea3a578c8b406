import type { Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { AccessTables } from './tables.ts'

export type Session = {
  readonly id: number
  readonly userId: number
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  readonly idleLimitMs: number | null
  readonly address: string | null
  readonly userAgent: string | null
}

export type NewSession = Omit<Session, 'id' | 'lastSeenAt'> & { readonly secretHash: string }

export async function insertSession(db: Database, session: NewSession): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .insertInto('access_session')
    .values({
      secret_hash: session.secretHash,
      user_id: session.userId,
      started_at: session.startedAt,
      last_seen_at: session.startedAt,
      expires_at: session.expiresAt,
      idle_limit_ms: session.idleLimitMs,
      address: session.address,
      user_agent: session.userAgent,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The session of a secret, living or not, with the epoch of permissions: one statement for a whole request. */
export async function findSessionByHash(
  db: Database,
  secretHash: string,
): Promise<{ readonly session: Session; readonly epoch: number } | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_session')
    .innerJoin('access_epoch', (join) => join.on('access_epoch.id', '=', 1))
    .selectAll('access_session')
    .select('access_epoch.epoch')
    .where('access_session.secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row && { session: toSession(row), epoch: row.epoch }
}

/** Latest first. */
export async function findSessionsOf(db: Database, userId: number): Promise<Session[]> {
  const rows = await db
    .withTables<AccessTables>()
    .selectFrom('access_session')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toSession)
}

export async function findSessionById(db: Database, id: number): Promise<Session | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_session')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toSession(row)
}

/** Only if no other server has done it since. */
export async function saveSessionSeen(db: Database, id: number, at: Date, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_session')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .where('last_seen_at', '<', before.toISOString())
    .execute()
}

/** @returns whether it was still there */
export async function deleteSession(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .withTables<AccessTables>()
    .deleteFrom('access_session')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** @returns how many */
export async function deleteSessionsOf(db: Database, userId: number, exceptId?: number): Promise<number> {
  const { numDeletedRows } = await db
    .withTables<AccessTables>()
    .deleteFrom('access_session')
    .where('user_id', '=', userId)
    .where('id', '!=', exceptId ?? 0)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function deleteSessionsExpiredBefore(db: Database, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .deleteFrom('access_session')
    .where('expires_at', '<', before.toISOString())
    .execute()
}

function toSession(row: Selectable<AccessTables['access_session']>): Session {
  return {
    id: row.id,
    userId: row.user_id,
    startedAt: new Date(row.started_at),
    lastSeenAt: new Date(row.last_seen_at),
    expiresAt: new Date(row.expires_at),
    idleLimitMs: row.idle_limit_ms,
    address: row.address,
    userAgent: row.user_agent,
  }
}
