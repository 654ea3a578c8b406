import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { toInstant } from './row-values.ts'
import type { QaTables } from './tables.ts'

/** What somebody said about a session. */
export type SessionComment = {
  readonly id: number
  readonly sessionId: number
  readonly userId: number | null
  readonly submitDate: Date
  readonly comment: string
}

export async function insertComment(
  db: Database,
  comment: Omit<SessionComment, 'id'>,
): Promise<SessionComment> {
  const { id } = await db
    .withTables<QaTables>()
    .insertInto('qa_comment')
    .values({
      session_id: comment.sessionId,
      service_event_id: null,
      fault_id: null,
      user_id: comment.userId,
      submit_date: comment.submitDate,
      comment: comment.comment,
      comment_folded: fold(comment.comment),
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...comment, id }
}

/** Comments of sessions, oldest first. */
export async function findComments(db: Database, sessionIds: readonly number[]): Promise<SessionComment[]> {
  if (sessionIds.length === 0) return []
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_comment')
    .select(['id', 'session_id', 'user_id', 'submit_date', 'comment'])
    .$narrowType<{ session_id: number }>()
    .where('session_id', 'in', [...sessionIds])
    .orderBy('submit_date')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    userId: row.user_id,
    submitDate: toInstant(row.submit_date),
    comment: row.comment,
  }))
}

/** What is commented besides sessions. */
export type CommentOwner = { readonly kind: 'serviceEvent' | 'fault'; readonly id: number }

export type OwnedComment = Pick<SessionComment, 'id' | 'userId' | 'submitDate' | 'comment'>

const OWNERS = { serviceEvent: 'service_event_id', fault: 'fault_id' } as const

export async function insertOwnedComment(
  db: Database,
  owner: CommentOwner,
  comment: Omit<OwnedComment, 'id'>,
): Promise<OwnedComment> {
  const { id } = await db
    .withTables<QaTables>()
    .insertInto('qa_comment')
    .values({
      session_id: null,
      service_event_id: null,
      fault_id: null,
      [OWNERS[owner.kind]]: owner.id,
      user_id: comment.userId,
      submit_date: comment.submitDate,
      comment: comment.comment,
      comment_folded: fold(comment.comment),
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...comment, id }
}

/** Comments on a service event or a fault, oldest first. */
export async function findOwnedComments(db: Database, owner: CommentOwner): Promise<OwnedComment[]> {
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_comment')
    .select(['id', 'user_id', 'submit_date', 'comment'])
    .where(OWNERS[owner.kind], '=', owner.id)
    .orderBy('submit_date')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    submitDate: toInstant(row.submit_date),
    comment: row.comment,
  }))
}

export async function hasComments(db: Database, sessionId: number): Promise<boolean> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_comment')
    .select('id')
    .where('session_id', '=', sessionId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
