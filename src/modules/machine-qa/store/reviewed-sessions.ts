import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Few enough for one statement not to hold up the event loop. */
const AT_ONCE = 500

/** Decides anew, for all sessions with a result of a status, whether a result of theirs still needs a review. */
export async function renewAllReviewed(db: Database, statusId: number): Promise<void> {
  const { rows } = await sql<{ last: number | null }>`select max(id) as last from qa_session`.execute(db)
  const last = rows[0]?.last ?? 0
  for (let from = 1; from <= last; from += AT_ONCE) {
    await sql`
      update qa_session set all_reviewed = not exists (
        select 1 from qa_result as r join qa_status as q on q.id = r.status_id
        where r.session_id = qa_session.id and q.requires_review)
      where id >= ${from} and id < ${from + AT_ONCE} and exists (
        select 1 from qa_result as r where r.session_id = qa_session.id and r.status_id = ${statusId})`.execute(
      db,
    )
  }
}
