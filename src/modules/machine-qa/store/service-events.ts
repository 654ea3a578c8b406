import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { ServiceFacts, ServiceMeaning } from '../domain/out-of-service.ts'
import { findReturnsOf } from './return-to-service.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'

/** Makes the relations of an event hold in both directions. */
export async function mirrorRelations(
  db: Database,
  eventId: number,
  related: readonly number[],
): Promise<void> {
  const kept = related.length > 0 ? sql`and service_event_id not in (${sql.join([...related])})` : sql``
  await sql`delete from qa_service_event_related where related_id = ${eventId} ${kept}`.execute(db)
  for (const other of related) {
    await sql`insert into qa_service_event_related (service_event_id, related_id) values (${other}, ${eventId})
      on conflict do nothing`.execute(db)
  }
}

/** The status that events fall back to; undefined where a site has none. */
export async function findDefaultStatus(
  db: Database,
): Promise<{ readonly id: number; readonly name: string } | undefined> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from qa_service_event_status where is_default and retired_at is null order by id limit 1`.execute(
    db,
  )
  return rows[0]
}

/** Those of the events whose status demands that all return-to-service QA is reviewed. */
export async function findDemandingReview(db: Database, eventIds: readonly number[]): Promise<number[]> {
  if (eventIds.length === 0) return []
  const { rows } = await sql<{ id: number }>`
    select e.id from qa_service_event as e join qa_service_event_status as s on s.id = e.service_status_id
    where e.id in (${sql.join([...eventIds])}) and s.rts_qa_must_be_reviewed`.execute(db)
  return rows.map(({ id }) => id)
}

export async function saveEventStatus(
  db: Database,
  eventId: number,
  statusId: number,
  { at, by }: { readonly at: Date; readonly by: number | null },
): Promise<void> {
  await sql`update qa_service_event set service_status_id = ${statusId}, datetime_status_changed = ${at},
      user_status_changed_by_id = ${by}, version = version + 1, modified_at = ${at}, modified_by_id = ${by}
    where id = ${eventId}`.execute(db)
}

/** Deletes an event, or brings it back. @returns whether nobody changed it meanwhile */
export async function saveEventActive(
  db: Database,
  { id, version }: { readonly id: number; readonly version: number },
  { isActive, deletedReason }: { readonly isActive: boolean; readonly deletedReason: string | null },
  { at, by }: { readonly at: Date; readonly by: number | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update qa_service_event set is_active = ${isActive}, deleted_reason = ${deletedReason},
      deleted_reason_folded = ${deletedReason === null ? null : fold(deletedReason)}, version = version + 1,
      modified_at = ${at}, modified_by_id = ${by} where id = ${id} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}

/** A service event as far as it may keep its unit out of service. */
export type GatingEvent = ServiceFacts & {
  readonly id: number
  readonly unitId: number
  readonly problem: string
  readonly statusName: string
}

type EventRow = {
  readonly id: number
  readonly unit_id: number
  readonly problem_description: string
  readonly status_name: string
  readonly meaning: ServiceMeaning | null
  readonly datetime_service: string
  readonly duration_lost_time: number | null
  readonly datetime_status_changed: string | null
}

/**
 * Events of units that began before an instant and may have lasted until a given one: those that still last, and those
 * that ended at most so long ago as service of any length does.
 */
export async function findGatingEvents(
  db: Database,
  unitIds: readonly number[],
  span: { readonly from: Date; readonly to: Date },
): Promise<GatingEvent[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<EventRow>`
    select e.id, e.unit_id, e.problem_description, s.name as status_name, s.meaning, e.datetime_service,
      e.duration_lost_time, e.datetime_status_changed
    from qa_service_event as e join qa_service_event_status as s on s.id = e.service_status_id
    where e.is_active and e.unit_id in (${sql.join([...unitIds])}) and e.datetime_service <= ${span.to}
      and (s.meaning = 'open' or e.datetime_service >= ${new Date(span.from.getTime() - LONGEST_SERVICE_MS)}
        or exists (select 1 from qa_return_to_service as r left join qa_session as d
          on d.id = r.session_id and d.voided_at is null
          where r.service_event_id = e.id and (d.id is null or d.in_progress or not d.all_reviewed
            or d.work_completed >= ${span.from})))
    order by e.datetime_service, e.id`.execute(db)
  const returns = Map.groupBy(
    await findReturnsOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ serviceEventId }) => serviceEventId,
  )
  return rows.map((row) => ({
    id: row.id,
    unitId: row.unit_id,
    problem: row.problem_description,
    statusName: row.status_name,
    meaning: row.meaning ?? 'done',
    serviceAt: toInstant(row.datetime_service),
    lostTimeS: row.duration_lost_time,
    statusChangedAt: toOptionalInstant(row.datetime_status_changed),
    returns: (returns.get(row.id) ?? []).map(({ session }) => ({
      completed: session && !session.inProgress ? session.completed : null,
      reviewed: session?.allReviewed ?? false,
    })),
  }))
}

const LONGEST_SERVICE_MS = 400 * 86_400_000
