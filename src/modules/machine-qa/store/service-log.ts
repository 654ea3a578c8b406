import { sql } from 'kysely'
import { type Database, json } from '../../../platform/database/database.ts'
import { toInstant } from './row-values.ts'

export type ServiceLogKind =
  | 'new'
  | 'modified'
  | 'status'
  | 'rts-changed'
  | 'rts-performed'
  | 'rts-approved'
  | 'deleted'
  | 'restored'

export type ServiceLogEntry = {
  readonly id: number
  readonly serviceEventId: number
  readonly kind: ServiceLogKind
  readonly happened: Date
  readonly userId: number | null
  readonly detail: Readonly<Record<string, unknown>>
}

export async function insertServiceLog(db: Database, entry: Omit<ServiceLogEntry, 'id'>): Promise<void> {
  await sql`insert into qa_service_log (service_event_id, kind, happened, user_id, detail)
    values (${entry.serviceEventId}, ${entry.kind}, ${entry.happened}, ${entry.userId}, ${json(entry.detail)})`.execute(
    db,
  )
}

type LogRow = {
  readonly id: number
  readonly service_event_id: number
  readonly kind: ServiceLogKind
  readonly happened: string
  readonly user_id: number | null
  readonly detail: string | null
}

/** Entries after a given one, oldest first: what people have not been told of yet. */
export async function findServiceLogAfter(
  db: Database,
  afterId: number,
  limit: number,
): Promise<ServiceLogEntry[]> {
  const { rows } = await sql<LogRow>`
    select id, service_event_id, kind, happened, user_id, detail from qa_service_log
    where id > ${afterId} order by id limit ${limit}`.execute(db)
  return rows.map(toEntry)
}

/** The latest entries of one event, or of all, newest first. */
export async function findServiceLog(
  db: Database,
  { serviceEventId, limit }: { readonly serviceEventId?: number; readonly limit: number },
): Promise<ServiceLogEntry[]> {
  const ofEvent = serviceEventId === undefined ? sql`` : sql`where service_event_id = ${serviceEventId}`
  const { rows } = await sql<LogRow>`
    select id, service_event_id, kind, happened, user_id, detail from qa_service_log ${ofEvent}
    order by happened desc, id desc limit ${limit}`.execute(db)
  return rows.map(toEntry)
}

function toEntry(row: LogRow): ServiceLogEntry {
  return {
    id: row.id,
    serviceEventId: row.service_event_id,
    kind: row.kind,
    happened: toInstant(row.happened),
    userId: row.user_id,
    detail: row.detail === null ? {} : (JSON.parse(row.detail) as Readonly<Record<string, unknown>>),
  }
}
