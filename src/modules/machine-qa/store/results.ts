import { sql } from 'kysely'
import { toDay } from '../../../core/calendar.ts'
import { type Database, json } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { Session } from '../domain/session.ts'
import type { NewResult, ResultState, SessionResult } from '../domain/session-result.ts'
import {
  COMPARISON_COLUMNS,
  type ReferenceColumns,
  TEST_COLUMNS,
  type TestColumns,
  type ToleranceColumns,
  toOptionalInstant,
  toReference,
  toTest,
  toTolerance,
} from './row-values.ts'
import type { QaTables } from './tables.ts'

/** Stores the results of a session. @returns their ids in the order of the results */
export async function insertResults(
  db: Database,
  session: Session,
  results: readonly NewResult[],
): Promise<number[]> {
  const qa = db.withTables<QaTables>()
  await insertMany(
    qa,
    'qa_result',
    results.map((result) => ({
      ...stateColumns(result, session),
      session_id: session.id,
      unit_test_info_id: result.unitTestInfoId,
      sort_order: result.order,
      reference_id: result.reference?.id ?? null,
      tolerance_id: result.tolerance?.id ?? null,
      created_at: session.createdAt,
      created_by_id: session.createdById,
      version: 1,
    })),
  )
  const rows = await qa
    .selectFrom('qa_result')
    .select('id')
    .where('session_id', '=', session.id)
    .orderBy('sort_order')
    .execute()
  return rows.map(({ id }) => id)
}

export async function updateResult(db: Database, session: Session, result: SessionResult): Promise<void> {
  await db
    .withTables<QaTables>()
    .updateTable('qa_result')
    .set({ ...stateColumns(result, session), version: result.version + 1 })
    .where('id', '=', result.id)
    .execute()
}

function stateColumns(state: ResultState, session: Session) {
  const { result, valueText, comment } = state
  return {
    status_id: state.statusId,
    review_date: state.reviewDate,
    reviewed_by_id: state.reviewedById,
    pass_fail: state.passFail,
    value: result.value,
    value_text: valueText,
    value_text_folded: valueText === null ? null : fold(valueText),
    string_value: result.stringValue,
    string_value_folded: fold(result.stringValue),
    date_value: result.dateValue,
    datetime_value: result.datetimeValue,
    json_value: result.jsonValue === null ? null : json(result.jsonValue),
    skipped: state.skipped,
    comment,
    comment_folded: fold(comment),
    work_started: session.workStarted,
    work_completed: session.workCompleted,
    modified_at: session.modifiedAt,
    modified_by_id: session.modifiedById,
  }
}

/** The id of the file of an upload stands as its text, once the file has its row. */
export async function saveUploadIds(
  db: Database,
  uploads: readonly { readonly resultId: number; readonly attachmentId: number }[],
): Promise<void> {
  for (const { resultId, attachmentId } of uploads) {
    const text = String(attachmentId)
    await db
      .withTables<QaTables>()
      .updateTable('qa_result')
      .set({ string_value: text, string_value_folded: text })
      .where('id', '=', resultId)
      .execute()
  }
}

const COLUMNS = sql.raw([...TEST_COLUMNS, ...COMPARISON_COLUMNS].join(', '))

type ResultRow = StateRow &
  TestColumns &
  ReferenceColumns &
  ToleranceColumns & {
    readonly id: number
    readonly version: number
    readonly session_id: number
    readonly unit_test_info_id: number
    readonly sort_order: number
  }

/** The results of sessions in the order in which they were performed. */
export async function findResults(
  db: Database,
  sessionIds: readonly number[],
): Promise<(SessionResult & { readonly sessionId: number })[]> {
  if (sessionIds.length === 0) return []
  const { rows } = await sql<ResultRow>`
    select x.id, x.version, x.session_id, x.unit_test_info_id, x.sort_order, x.status_id, x.review_date,
      x.reviewed_by_id, x.pass_fail, x.value, x.value_text, x.string_value, x.date_value, x.datetime_value,
      x.json_value, x.skipped, x.comment, ${COLUMNS}
    from qa_result x
    join qa_unit_test_info i on i.id = x.unit_test_info_id
    join qa_test t on t.id = i.test_id
    left join qa_reference r on r.id = x.reference_id
    left join qa_tolerance o on o.id = x.tolerance_id
    where x.session_id in (${sql.join(sessionIds)})
    order by x.session_id, x.sort_order, x.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    sessionId: row.session_id,
    unitTestInfoId: row.unit_test_info_id,
    order: row.sort_order,
    test: toTest(row),
    reference: toReference(row),
    tolerance: toTolerance(row),
    ...toResultState(row),
  }))
}

type StateRow = {
  readonly status_id: number
  readonly review_date: string | null
  readonly reviewed_by_id: number | null
  readonly pass_fail: ResultState['passFail']
  readonly value: number | null
  readonly value_text: string | null
  readonly string_value: string | null
  readonly date_value: string | null
  readonly datetime_value: string | null
  readonly json_value: string | null
  readonly skipped: 0 | 1
  readonly comment: string
}

function toResultState(row: StateRow): ResultState {
  return {
    result: toResultValue(row),
    valueText: row.value_text,
    skipped: row.skipped === 1,
    comment: row.comment,
    passFail: row.pass_fail,
    statusId: row.status_id,
    reviewDate: toOptionalInstant(row.review_date),
    reviewedById: row.reviewed_by_id,
  }
}

export function toResultValue(
  row: Pick<StateRow, 'value' | 'string_value' | 'date_value' | 'datetime_value' | 'json_value'>,
): ResultState['result'] {
  return {
    value: row.value,
    stringValue: row.string_value ?? '',
    dateValue: row.date_value === null ? null : toDay(row.date_value),
    datetimeValue: toOptionalInstant(row.datetime_value),
    jsonValue: row.json_value === null ? null : JSON.parse(row.json_value),
  }
}

/** Gives every result of a session, or the named ones, a status; see `review-session.ts`. */
export async function saveReview(
  db: Database,
  resultIds: readonly number[],
  review: { readonly statusId: number; readonly at: Date; readonly userId: number | null },
): Promise<void> {
  if (resultIds.length === 0) return
  await db
    .withTables<QaTables>()
    .updateTable('qa_result')
    .set({
      status_id: review.statusId,
      review_date: review.at,
      reviewed_by_id: review.userId,
      modified_at: review.at,
      modified_by_id: review.userId,
      version: sql`version + 1`,
    })
    .where('id', 'in', [...resultIds])
    .execute()
}

/** Marks the results of a session that is voided, so that lists of results need not look at sessions. */
export async function saveVoidOfResults(db: Database, sessionId: number): Promise<void> {
  await db
    .withTables<QaTables>()
    .updateTable('qa_result')
    .set({ voided: true, version: sql`version + 1` })
    .where('session_id', '=', sessionId)
    .execute()
}
