import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'

/** Return-to-service QA with the state of its session. */
export type ReturnEntry = {
  readonly id: number
  readonly version: number
  readonly serviceEventId: number
  readonly assignmentId: number
  readonly assignmentName: string
  readonly assignedAt: Date | null
  readonly assignedBy: number | null
  readonly session: {
    readonly id: number
    readonly completed: Date
    readonly inProgress: boolean
    readonly allReviewed: boolean
  } | null
}

type EntryRow = {
  readonly id: number
  readonly version: number
  readonly service_event_id: number
  readonly assignment_id: number
  readonly name: string | null
  readonly datetime_assigned: string | null
  readonly user_assigned_by_id: number | null
  readonly session_id: number | null
  readonly work_completed: string | null
  readonly in_progress: 0 | 1 | null
  readonly all_reviewed: 0 | 1 | null
}

const ENTRIES = sql`select r.id, r.version, r.service_event_id, r.assignment_id, a.name, r.datetime_assigned,
    r.user_assigned_by_id, d.id as session_id, d.work_completed, d.in_progress, d.all_reviewed
  from qa_return_to_service as r join qa_assignment as a on a.id = r.assignment_id
  left join qa_session as d on d.id = r.session_id and d.voided_at is null`

/** Return-to-service QA of events, in the order in which it was assigned. */
export async function findReturnsOf(db: Database, eventIds: readonly number[]): Promise<ReturnEntry[]> {
  if (eventIds.length === 0) return []
  const { rows } = await sql<EntryRow>`${ENTRIES}
    where r.service_event_id in (${sql.join([...eventIds])}) order by r.datetime_assigned, r.id`.execute(db)
  return rows.map(toEntry)
}

/** Return-to-service QA that a session was performed for, of events that were not deleted. */
export async function findReturnsBySession(db: Database, sessionId: number): Promise<ReturnEntry[]> {
  const { rows } = await sql<EntryRow>`${ENTRIES}
    join qa_service_event as e on e.id = r.service_event_id
    where r.session_id = ${sessionId} and e.is_active order by r.id`.execute(db)
  return rows.map(toEntry)
}

export async function findReturn(db: Database, id: number): Promise<ReturnEntry | undefined> {
  const { rows } = await sql<EntryRow>`${ENTRIES} where r.id = ${id}`.execute(db)
  return rows[0] && toEntry(rows[0])
}

function toEntry(row: EntryRow): ReturnEntry {
  return {
    id: row.id,
    version: row.version,
    serviceEventId: row.service_event_id,
    assignmentId: row.assignment_id,
    assignmentName: row.name ?? '',
    assignedAt: toOptionalInstant(row.datetime_assigned),
    assignedBy: row.user_assigned_by_id,
    session:
      row.session_id === null || row.work_completed === null
        ? null
        : {
            id: row.session_id,
            completed: toInstant(row.work_completed),
            inProgress: row.in_progress === 1,
            allReviewed: row.all_reviewed === 1,
          },
  }
}

/** Says which session was performed. @returns whether nobody changed the entry meanwhile */
export async function linkSession(
  db: Database,
  entry: { readonly id: number; readonly version: number },
  sessionId: number | null,
  { at, by }: { readonly at: Date; readonly by: number | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update qa_return_to_service set session_id = ${sessionId}, version = version + 1, modified_at = ${at},
      modified_by_id = ${by} where id = ${entry.id} and version = ${entry.version}`.execute(db)
  return numAffectedRows === 1n
}

/** How much return-to-service QA waits: to be performed, or to be reviewed. */
export async function countReturns(
  db: Database,
): Promise<{ readonly incomplete: number; readonly unreviewed: number }> {
  const { rows } = await sql<{ incomplete: number | null; unreviewed: number | null }>`
    select sum(case when d.id is null or d.in_progress then 1 else 0 end) as incomplete,
      sum(case when d.id is not null and not d.in_progress and not d.all_reviewed then 1 else 0 end) as unreviewed
    from qa_return_to_service as r join qa_service_event as e on e.id = r.service_event_id and e.is_active
    left join qa_session as d on d.id = r.session_id and d.voided_at is null`.execute(db)
  return { incomplete: Number(rows[0]?.incomplete ?? 0), unreviewed: Number(rows[0]?.unreviewed ?? 0) }
}
