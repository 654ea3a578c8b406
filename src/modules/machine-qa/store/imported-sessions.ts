import { sql } from 'kysely'
import { type Database, json } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import { kindOf } from '../../../platform/database/open-database.ts'
import { syncSequences } from '../../../platform/database/sync-sequences.ts'
import type { ImportedResult, ImportedSession } from '../domain/imported-session.ts'
import type { NewSession } from '../domain/session.ts'
import type { QaTables } from './tables.ts'

/**
 * Stores sessions with results and comments, many rows in a statement. Nobody else may perform anything meanwhile: ids
 * are counted on from the last ones, and on PostgreSQL the table is locked until the transaction ends.
 *
 * @returns the ids of the sessions in their order
 */
export async function insertImportedSessions(
  db: Database,
  sessions: readonly ImportedSession[],
): Promise<number[]> {
  if (kindOf(db) === 'postgres') await sql`lock table qa_session, qa_result in exclusive mode`.execute(db)
  const { rows } = await sql<{ last: number | null }>`select max(id) as last from qa_session`.execute(db)
  const last = rows[0]?.last ?? 0
  const ids = sessions.map((_, index) => last + index + 1)
  const numbered = sessions.map((session, index) => ({ id: last + index + 1, session }))
  const qa = db.withTables<QaTables>()
  await insertMany(
    qa,
    'qa_session',
    numbered.map(({ id, session }) => sessionRow(id, session)),
  )
  await insertMany(
    qa,
    'qa_result',
    numbered.flatMap(({ id, session }) => session.results.map((result) => resultRow(id, session, result))),
  )
  await insertMany(
    qa,
    'qa_comment',
    numbered.flatMap(({ id, session }) => commentRows(id, session)),
  )
  await syncSequences(db)
  return ids
}

function stamps(session: NewSession) {
  return {
    created_at: session.createdAt,
    created_by_id: session.createdById,
    modified_at: session.modifiedAt,
    modified_by_id: session.modifiedById,
    version: 1,
  }
}

function sessionRow(id: number, session: NewSession) {
  return {
    id,
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
    ...stamps(session),
  }
}

function resultRow(sessionId: number, session: NewSession, state: ImportedResult) {
  const { result, valueText, comment } = state
  return {
    session_id: sessionId,
    unit_test_info_id: state.unitTestInfoId,
    sort_order: state.order,
    status_id: state.statusId,
    review_date: state.reviewDate,
    reviewed_by_id: state.reviewedById,
    pass_fail: state.passFail,
    value: result.value,
    value_text: valueText,
    value_text_folded: valueText,
    string_value: result.stringValue,
    string_value_folded: fold(result.stringValue),
    date_value: result.dateValue,
    datetime_value: result.datetimeValue,
    json_value: result.jsonValue === null ? null : json(result.jsonValue),
    skipped: state.skipped,
    comment,
    comment_folded: fold(comment),
    reference_id: state.referenceId,
    tolerance_id: state.toleranceId,
    work_started: session.workStarted,
    work_completed: session.workCompleted,
    ...stamps(session),
  }
}

function commentRows(sessionId: number, { comment, createdById, createdAt }: ImportedSession) {
  if (comment === null) return []
  return [
    {
      session_id: sessionId,
      user_id: createdById,
      submit_date: createdAt,
      comment,
      comment_folded: fold(comment),
      version: 1,
    },
  ]
}

/** Gives assignments the newest completed session of theirs as their last one. */
export async function renewLastSessions(db: Database, assignmentIds: readonly number[]): Promise<void> {
  if (assignmentIds.length === 0) return
  await sql`
    update qa_assignment set last_instance_id = (
      select s.id from qa_session as s
      where s.assignment_id = qa_assignment.id and not s.in_progress and s.voided_at is null
      order by s.work_completed desc, s.id desc limit 1)
    where id in (${sql.join([...assignmentIds])})`.execute(db)
}
