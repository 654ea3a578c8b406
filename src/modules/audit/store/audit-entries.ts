import type { Selectable } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { AuditEntry, SealedEntry } from '../domain/audit-entry.ts'
import type { AuditTables } from './tables.ts'

export type NewAuditEntry = Omit<AuditEntry, 'sequence' | 'at'> & { readonly at: Date }

export async function insertAuditEntry(db: Database, entry: NewAuditEntry): Promise<void> {
  await db
    .withTables<AuditTables>()
    .insertInto('audit_entry')
    .values({
      at: entry.at,
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      credential: entry.credential,
      address: entry.address,
      request_id: entry.requestId,
      action: entry.action,
      record: entry.record,
      record_id: entry.recordId,
      before: entry.before,
      after: entry.after,
      reason: entry.reason,
    })
    .execute()
}

/** Entries without a place in the chain, oldest first. */
export async function findUnsealed(db: Database, limit: number): Promise<AuditEntry[]> {
  const rows = await db
    .withTables<AuditTables>()
    .selectFrom('audit_entry')
    .selectAll()
    .where('position', 'is', null)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

export async function countUnsealed(db: Database): Promise<number> {
  const row = await db
    .withTables<AuditTables>()
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('position', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** The last link of the chain, if there is one. */
export async function findChainEnd(db: Database): Promise<{ position: number; hash: string } | undefined> {
  const row = await db
    .withTables<AuditTables>()
    .selectFrom('audit_entry')
    .select(['position', 'hash'])
    .where('position', 'is not', null)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && row.position !== null && row.hash !== null
    ? { position: row.position, hash: row.hash }
    : undefined
}

/** Gives an entry its place; the unique index on position lets one sealer of several win. */
export async function sealEntry(
  db: Database,
  sequence: number,
  position: number,
  hash: string,
): Promise<void> {
  await db
    .withTables<AuditTables>()
    .updateTable('audit_entry')
    .set({ position, hash })
    .where('sequence', '=', sequence)
    .where('position', 'is', null)
    .execute()
}

/** The chain in order, `limit` links from after a position. */
export async function findSealed(db: Database, afterPosition: number, limit: number): Promise<SealedEntry[]> {
  const rows = await db
    .withTables<AuditTables>()
    .selectFrom('audit_entry')
    .selectAll()
    .where('position', '>', afterPosition)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...toEntry(row), position: row.position ?? 0, hash: row.hash ?? '' }))
}

/** What happened to one record, newest first. */
export async function findEntriesOf(
  db: Database,
  record: string,
  recordId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<AuditEntry[]> {
  const rows = await db
    .withTables<AuditTables>()
    .selectFrom('audit_entry')
    .selectAll()
    .where('record', '=', record)
    .where('record_id', '=', recordId)
    .orderBy('sequence', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toEntry)
}

function toEntry(row: Selectable<AuditTables['audit_entry']>): AuditEntry {
  return {
    sequence: row.sequence,
    at: String(row.at),
    actorId: row.actor_id,
    actorName: row.actor_name,
    credential: row.credential,
    address: row.address,
    requestId: row.request_id,
    action: row.action,
    record: row.record,
    recordId: row.record_id,
    before: row.before,
    after: row.after,
    reason: row.reason,
  }
}
