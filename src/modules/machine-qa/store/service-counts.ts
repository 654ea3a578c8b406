import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

type Counted = {
  readonly openEvents: number
  readonly toReview: number
  readonly unreviewedFaults: number
  readonly lowParts: number
}

/** Events in work, events that need a review, faults that nobody reviewed, parts that run out. */
export async function countService(db: Database): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select
      (select count(*) from qa_service_event as e join qa_service_event_status as s on s.id = e.service_status_id
        where e.is_active and s.meaning = 'open') as "openEvents",
      (select count(*) from qa_service_event as e join qa_service_event_status as s on s.id = e.service_status_id
        where e.is_active and e.is_review_required and s.is_review_required) as "toReview",
      (select count(*) from qa_fault where not is_reviewed) as "unreviewedFaults",
      (select count(*) from qa_part where is_low and not is_obsolete and retired_at is null) as "lowParts"`.execute(
    db,
  )
  const [row] = rows
  return {
    openEvents: Number(row?.openEvents ?? 0),
    toReview: Number(row?.toReview ?? 0),
    unreviewedFaults: Number(row?.unreviewedFaults ?? 0),
    lowParts: Number(row?.lowParts ?? 0),
  }
}
