import type { Selectable } from 'kysely'
import { type Database, json } from '../../../platform/database/database.ts'
import type { Draft, DraftPlace } from '../domain/draft.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'
import type { QaTables } from './tables.ts'

export async function insertDraft(db: Database, draft: Omit<Draft, 'id'>): Promise<number> {
  const { id } = await db
    .withTables<QaTables>()
    .insertInto('qa_autosave')
    .values({
      user_id: draft.userId,
      assignment_id: draft.assignmentId,
      test_list_id: draft.testListId,
      session_id: draft.sessionId,
      day: draft.day,
      ...contentColumns(draft),
      created_at: draft.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateDraft(db: Database, draft: Draft): Promise<void> {
  await db
    .withTables<QaTables>()
    .updateTable('qa_autosave')
    .set(contentColumns(draft))
    .where('id', '=', draft.id)
    .execute()
}

function contentColumns(draft: Omit<Draft, 'id'>) {
  return {
    work_started: draft.workStarted,
    work_completed: draft.workCompleted,
    data: json(draft.data),
    modified_at: draft.savedAt,
  }
}

/** The draft of a person at a place. */
export async function findDraftAt(
  db: Database,
  userId: number,
  place: DraftPlace,
): Promise<Draft | undefined> {
  const row = await draftsAt(db, userId, place).selectAll().executeTakeFirst()
  return row && toDraft(row)
}

/** Drafts of a person for an assignment, last saved first. */
export async function findDraftsFor(db: Database, userId: number, assignmentId: number): Promise<Draft[]> {
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_autosave')
    .selectAll()
    .where('user_id', '=', userId)
    .where('assignment_id', '=', assignmentId)
    .orderBy('modified_at', 'desc')
    .execute()
  return rows.map(toDraft)
}

export async function deleteDraftAt(db: Database, userId: number, place: DraftPlace): Promise<void> {
  const draft = await draftsAt(db, userId, place).select('id').execute()
  if (draft.length === 0) return
  await db
    .withTables<QaTables>()
    .deleteFrom('qa_autosave')
    .where(
      'id',
      'in',
      draft.map(({ id }) => id),
    )
    .execute()
}

/** @returns how many were deleted */
export async function deleteDraftsBefore(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .withTables<QaTables>()
    .deleteFrom('qa_autosave')
    .where('modified_at', '<', before.toISOString())
    .executeTakeFirst()
  return Number(numDeletedRows)
}

function draftsAt(db: Database, userId: number, { assignmentId, testListId, day, sessionId }: DraftPlace) {
  const query = db
    .withTables<QaTables>()
    .selectFrom('qa_autosave')
    .where('user_id', '=', userId)
    .where('assignment_id', '=', assignmentId)
    .where('test_list_id', '=', testListId)
    .where('day', '=', day)
  return sessionId === null
    ? query.where('session_id', 'is', null)
    : query.where('session_id', '=', sessionId)
}

function toDraft(row: Selectable<QaTables['qa_autosave']>): Draft {
  return {
    id: row.id,
    userId: row.user_id,
    assignmentId: row.assignment_id,
    testListId: row.test_list_id,
    sessionId: row.session_id,
    day: row.day,
    workStarted: toOptionalInstant(row.work_started),
    workCompleted: toOptionalInstant(row.work_completed),
    data: JSON.parse(row.data),
    createdAt: toInstant(row.created_at),
    savedAt: toInstant(row.modified_at),
  }
}
