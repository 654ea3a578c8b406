import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { FollowedEntry } from '../domain/followed-entry.ts'
import type { AuditTables } from './tables.ts'

type FollowerTables = AuditTables & {
  audit_follower: { name: string; position: number; from_sequence: number }
}

export type Follower = { readonly position: number; readonly fromSequence: number }

/** Takes the place of a follower for this transaction; others with the same name wait. */
export async function lockFollower(db: Database, name: string): Promise<Follower | undefined> {
  const row = await db
    .withTables<FollowerTables>()
    .updateTable('audit_follower')
    .set({ position: sql<number>`position` })
    .where('name', '=', name)
    .returning(['position', 'from_sequence'])
    .executeTakeFirst()
  return row && { position: row.position, fromSequence: row.from_sequence }
}

/** Begins to follow from now on; of several that begin, one does. */
export async function insertFollower(db: Database, name: string): Promise<void> {
  const { position, sequence } = await db
    .withTables<FollowerTables>()
    .selectFrom('audit_entry')
    .select((eb) => [eb.fn.max('position').as('position'), eb.fn.max('sequence').as('sequence')])
    .executeTakeFirstOrThrow()
  await db
    .withTables<FollowerTables>()
    .insertInto('audit_follower')
    .values({ name, position: position ?? 0, from_sequence: sequence ?? 0 })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

export async function saveFollower(db: Database, name: string, position: number): Promise<void> {
  await db
    .withTables<FollowerTables>()
    .updateTable('audit_follower')
    .set({ position })
    .where('name', '=', name)
    .execute()
}

/** Sealed entries of some actions from after a place of the chain, in its order. */
export async function findFollowed(
  db: Database,
  { position, fromSequence }: Follower,
  actions: readonly string[],
  limit: number,
): Promise<FollowedEntry[]> {
  const rows = await db
    .withTables<FollowerTables>()
    .selectFrom('audit_entry')
    .select(['position', 'action', 'record_id', 'at', 'actor_id'])
    .where('position', '>', position)
    .where('sequence', '>', fromSequence)
    .where('action', 'in', [...actions])
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    position: row.position ?? 0,
    action: row.action,
    recordId: row.record_id,
    at: new Date(String(row.at)),
    actorId: row.actor_id,
  }))
}
