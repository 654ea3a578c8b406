import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** The place in the service log up to which people were told; others wait until this transaction ends. */
export async function lockServicePlace(db: Database): Promise<number | undefined> {
  const { rows } = await sql<{ last_id: number }>`
    update qa_notice_place set last_id = last_id where name = 'service' returning last_id`.execute(db)
  return rows[0]?.last_id
}

/** Begins with what happens from now on. */
export async function insertServicePlace(db: Database): Promise<void> {
  await sql`insert into qa_notice_place (name, last_id)
    select 'service', coalesce(max(id), 0) from qa_service_log where true on conflict (name) do nothing`.execute(
    db,
  )
}

export async function saveServicePlace(db: Database, lastId: number): Promise<void> {
  await sql`update qa_notice_place set last_id = ${lastId} where name = 'service'`.execute(db)
}

/** Notes which parts are low now. @returns those that were not before */
export async function noteLowParts(
  db: Database,
  partIds: readonly number[],
  at: Date,
): Promise<ReadonlySet<number>> {
  const low = partIds.length === 0 ? sql`` : sql`where part_id not in (${sql.join([...partIds])})`
  await sql`delete from qa_notice_low_part ${low}`.execute(db)
  const added = new Set<number>()
  for (const id of partIds) {
    const { rows } = await sql<{ part_id: number }>`insert into qa_notice_low_part (part_id, since)
      values (${id}, ${at}) on conflict (part_id) do nothing returning part_id`.execute(db)
    if (rows.length > 0) added.add(id)
  }
  return added
}

/** Moves a subscription on to its next time; of several servers that try, one does. */
export async function advanceSubscription(
  db: Database,
  id: number,
  from: Date,
  to: Date | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update qa_subscription set next_run_at = ${to}
    where id = ${id} and next_run_at = ${from}`.execute(db)
  return numAffectedRows === 1n
}

/** Units, lists and groups of completed sessions that are not voided, by id. */
export async function findSessionPlaces(
  db: Database,
  sessionIds: readonly number[],
): Promise<
  ReadonlyMap<
    number,
    { readonly unitId: number; readonly listId: number; readonly groupIds: readonly number[] }
  >
> {
  if (sessionIds.length === 0) return new Map()
  const { rows } = await sql<{
    id: number
    unit_id: number
    list_id: number
    assigned: number | null
    group_id: number | null
  }>`
    select x.id, a.unit_id, x.test_list_id as list_id, a.assigned_to_id as assigned, v.group_id
    from qa_session as x join qa_assignment as a on a.id = x.assignment_id
    left join qa_assignment_visible_to as v on v.assignment_id = a.id
    where x.id in (${sql.join([...sessionIds])})`.execute(db)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, found]) => {
      const [first] = found
      const groups = found.flatMap(({ group_id, assigned }) => [group_id, assigned])
      return [
        id,
        {
          unitId: first?.unit_id ?? 0,
          listId: first?.list_id ?? 0,
          groupIds: [...new Set(groups.filter((group) => group !== null))],
        },
      ]
    }),
  )
}
