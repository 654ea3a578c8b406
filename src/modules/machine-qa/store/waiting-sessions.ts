import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toInstant } from './row-values.ts'

/** A session that waits for somebody. */
export type WaitingSession = {
  readonly id: number
  readonly assignmentId: number
  readonly name: string
  readonly unitName: string
  readonly workCompleted: Date
  /** display name of whoever performed it */
  readonly by: string | null
}

/** Sessions that a user left in progress, the newest first. */
export function findOwnUnfinished(db: Database, userId: number, limit: number): Promise<WaitingSession[]> {
  return findWaiting(db, sql`d.in_progress and d.created_by_id = ${userId}`, limit)
}

/** Completed sessions that need a review, the newest first; of assignments that one of the groups sees. */
export async function findUnreviewed(
  db: Database,
  groupIds: readonly number[] | 'all',
  limit: number,
): Promise<WaitingSession[]> {
  if (groupIds === 'all') return findWaiting(db, sql`not d.in_progress and not d.all_reviewed`, limit)
  if (groupIds.length === 0) return []
  const seen = sql`exists (select 1 from qa_assignment_visible_to as v
    where v.assignment_id = d.assignment_id and v.group_id in (${sql.join([...groupIds])}))`
  return findWaiting(db, sql`not d.in_progress and not d.all_reviewed and ${seen}`, limit)
}

type WaitingRow = {
  readonly id: number
  readonly assignment_id: number
  readonly name: string
  readonly unit_name: string
  readonly work_completed: string
  readonly username: string | null
  readonly first_name: string | null
  readonly last_name: string | null
}

async function findWaiting(
  db: Database,
  condition: RawBuilder<SqlBool>,
  limit: number,
): Promise<WaitingSession[]> {
  const { rows } = await sql<WaitingRow>`
    select d.id, d.assignment_id, l.name, u.name as unit_name, d.work_completed, p.username, p.first_name, p.last_name
    from qa_session as d
    join qa_test_list as l on l.id = d.test_list_id
    join qa_assignment as a on a.id = d.assignment_id
    join qa_unit as u on u.id = a.unit_id
    left join access_user as p on p.id = d.created_by_id
    where d.voided_at is null and ${condition} order by d.work_completed desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    assignmentId: row.assignment_id,
    name: row.name,
    unitName: row.unit_name,
    workCompleted: toInstant(row.work_completed),
    by: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || row.username,
  }))
}
