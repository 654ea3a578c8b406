import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { preparedStatement } from '../../../platform/database/prepared-statement.ts'
import type { ScheduleHistory } from '../domain/scheduling.ts'
import type { NewSession, Session } from '../domain/session.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'
import type { QaTables } from './tables.ts'

const NOT_VOIDED = sql<boolean>`voided_at is null`

export async function insertSession(db: Database, session: NewSession): Promise<number> {
  const { id } = await db
    .withTables<QaTables>()
    .insertInto('qa_session')
    .values({
      ...columnsOf(session),
      created_at: session.createdAt,
      created_by_id: session.createdById,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns whether the session still was in the version that was read; if not, nothing is changed */
export async function updateSession(db: Database, session: Session): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<QaTables>()
    .updateTable('qa_session')
    .set({
      ...columnsOf(session),
      voided_at: session.voidedAt,
      voided_by_id: session.voidedById,
      void_reason: session.voidReason,
      void_reason_folded: session.voidReason === null ? null : fold(session.voidReason),
      version: session.version + 1,
    })
    .where('id', '=', session.id)
    .where('version', '=', session.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

type ChangingColumns = Omit<
  Insertable<QaTables['qa_session']>,
  | 'id'
  | 'created_at'
  | 'created_by_id'
  | 'version'
  | 'voided_at'
  | 'voided_by_id'
  | 'void_reason'
  | 'void_reason_folded'
>

function columnsOf(session: NewSession): ChangingColumns {
  return {
    assignment_id: session.assignmentId,
    test_list_id: session.testListId,
    day: session.day,
    work_started: session.workStarted,
    work_completed: session.workCompleted,
    due_date: session.dueDate,
    in_progress: session.inProgress,
    flagged: session.flagged,
    user_key: session.userKey,
    user_key_folded: session.userKey === null ? null : fold(session.userKey),
    include_for_scheduling: session.includeForScheduling,
    reviewed: session.reviewed,
    reviewed_by_id: session.reviewedById,
    all_reviewed: session.allReviewed,
    modified_at: session.modifiedAt,
    modified_by_id: session.modifiedById,
  }
}

export async function findSession(db: Database, id: number): Promise<Session | undefined> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_session')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toSession(row)
}

/** The living session that carries a user key. */
export async function findIdByUserKey(db: Database, userKey: string): Promise<number | undefined> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_session')
    .select('id')
    .where('user_key', '=', userKey)
    .where(NOT_VOIDED)
    .executeTakeFirst()
  return row?.id
}

/** The newest completed session of an assignment, by completion. */
export async function findLastSession(
  db: Database,
  assignmentId: number,
): Promise<{ readonly id: number; readonly day: number; readonly workCompleted: Date } | undefined> {
  const [row] = await LAST(db, assignmentId)
  return row && { id: row.id, day: row.day, workCompleted: toInstant(row.work_completed) }
}

const LAST = preparedStatement<
  { readonly id: number; readonly day: number; readonly work_completed: string },
  [assignmentId: number]
>(
  (assignmentId) => sql`select id, day, work_completed from qa_session
    where assignment_id = ${assignmentId} and not in_progress and voided_at is null
    order by work_completed desc, id desc limit 1`,
)

/** Sessions of an assignment that somebody began and did not complete, newest first. */
export async function findSessionsInProgress(db: Database, assignmentId: number): Promise<Session[]> {
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_session')
    .selectAll()
    .where('assignment_id', '=', assignmentId)
    .where(sql<boolean>`in_progress`)
    .where(NOT_VOIDED)
    .orderBy('work_completed', 'desc')
    .execute()
  return rows.map(toSession)
}

/** A session of the same assignment. */
export type Neighbour = { readonly id: number; readonly workCompleted: Date }

/** The sessions of the same assignment that were completed just before and just after one. */
export async function findNeighbours(
  db: Database,
  { id, assignmentId, workCompleted }: Session,
): Promise<{ readonly previous: Neighbour | null; readonly next: Neighbour | null }> {
  const at = workCompleted.toISOString()
  const beside = (side: '<' | '>', direction: 'asc' | 'desc') =>
    db
      .withTables<QaTables>()
      .selectFrom('qa_session')
      .select(['id', 'work_completed'])
      .where('assignment_id', '=', assignmentId)
      .where(NOT_VOIDED)
      .where((eb) =>
        eb.or([eb('work_completed', side, at), eb.and([eb('work_completed', '=', at), eb('id', side, id)])]),
      )
      .orderBy('work_completed', direction)
      .orderBy('id', direction)
      .limit(1)
      .executeTakeFirst()
  const [previous, next] = await Promise.all([beside('<', 'desc'), beside('>', 'asc')])
  const toNeighbour = (row: typeof previous) =>
    row ? { id: row.id, workCompleted: toInstant(row.work_completed) } : null
  return { previous: toNeighbour(previous), next: toNeighbour(next) }
}

/** What the completed sessions of an assignment that are meant for scheduling say about its schedule. */
export async function findScheduleHistory(db: Database, assignmentId: number): Promise<ScheduleHistory> {
  const [newest] = await NEWEST_SCHEDULED(db, assignmentId)
  if (newest) return { kind: 'done', completed: toInstant(newest.work_completed) }
  const any = await ANY_SCHEDULED(db, assignmentId)
  return { kind: any.length > 0 ? 'only-invalid' : 'never-done' }
}

const scheduled = (assignmentId: unknown) => sql`from qa_session s where s.assignment_id = ${assignmentId}
  and not s.in_progress and s.include_for_scheduling and s.voided_at is null`

const NEWEST_SCHEDULED = preparedStatement<{ readonly work_completed: string }, [assignmentId: number]>(
  (assignmentId) => sql`select s.work_completed ${scheduled(assignmentId)}
    and not exists (
      select 1 from qa_result r join qa_status t on t.id = r.status_id where r.session_id = s.id and not t.valid
    )
    order by s.work_completed desc limit 1`,
)

const ANY_SCHEDULED = preparedStatement<unknown, [assignmentId: number]>(
  (assignmentId) => sql`select 1 as one ${scheduled(assignmentId)} limit 1`,
)

export function toSession(row: Selectable<QaTables['qa_session']>): Session {
  return {
    id: row.id,
    version: row.version,
    assignmentId: row.assignment_id,
    testListId: row.test_list_id,
    day: row.day,
    workStarted: toInstant(row.work_started),
    workCompleted: toInstant(row.work_completed),
    dueDate: toOptionalInstant(row.due_date),
    inProgress: row.in_progress === 1,
    flagged: row.flagged === 1,
    userKey: row.user_key,
    includeForScheduling: row.include_for_scheduling === 1,
    reviewed: toOptionalInstant(row.reviewed),
    reviewedById: row.reviewed_by_id,
    allReviewed: row.all_reviewed === 1,
    voidedAt: toOptionalInstant(row.voided_at),
    voidedById: row.voided_by_id,
    voidReason: row.void_reason,
    createdAt: toInstant(row.created_at),
    createdById: row.created_by_id,
    modifiedAt: toInstant(row.modified_at),
    modifiedById: row.modified_by_id,
  }
}
