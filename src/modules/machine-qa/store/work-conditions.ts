import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Actor } from '../../../core/actor.ts'
import { addDays, startOfDay, zoneDay } from '../../../core/calendar.ts'
import type { Database } from '../../../platform/database/database.ts'

/** How far ahead calendars reach; what is overdue only after more days than that never is. */
const MOST_DAYS = 700_000

/**
 * Tables of statements about work: `a` assignments, `u` units, `f` frequencies, `s` sites, `l` lists, `c` cycles. What
 * is retired or switched off is no work.
 */
export const WORK_TABLES = sql`
  qa_assignment as a
  join qa_unit as u on u.id = a.unit_id
  left join equipment_site as s on s.id = u.site_id
  left join qa_frequency as f on f.id = a.frequency_id
  left join qa_test_list as l on l.id = a.test_list_id
  left join qa_test_list_cycle as c on c.id = a.test_list_cycle_id`

export const IS_WORK: RawBuilder<SqlBool> = sql`
  a.active and a.retired_at is null and u.active and u.retired_at is null
  and l.retired_at is null and c.retired_at is null`

/** What the work lists of an actor show: administrators and the system see all. */
export function seenBy(actor: Actor): RawBuilder<SqlBool> {
  if (actor.kind === 'system' || (actor.kind === 'user' && actor.isAdministrator)) return sql`1 = 1`
  if (actor.kind === 'anonymous' || actor.groupIds.length === 0) return sql`1 = 0`
  return sql`exists (select 1 from qa_assignment_visible_to as v
    where v.assignment_id = a.id and v.group_id in (${sql.join(actor.groupIds)}))`
}

/** The numbers of days after which things are overdue, among all frequencies. */
export async function findWindowEnds(db: Database): Promise<number[]> {
  const { rows } = await sql<{ days: number }>`
    select distinct window_end as days from qa_frequency order by 1`.execute(db)
  return rows.map(({ days }) => days)
}

/**
 * The due status of an assignment as the domain's `dueStatus` decides it, in SQL: local days become the instants at
 * which they begin.
 */
export function dueStatusExpression(
  windowEnds: readonly number[],
  { now, zone }: { readonly now: Date; readonly zone: string },
): RawBuilder<string> {
  const today = zoneDay(now, zone)
  const startsIn = (days: number) => startOfDay(addDays(today, days), zone)
  const overdue = windowEnds
    .filter((days) => days <= MOST_DAYS)
    .map((days) => sql`(f.window_end = ${days} and a.due_date < ${startsIn(1 - days)})`)
  const isOverdue = sql.join([sql`(f.id is null and a.due_date < ${startsIn(0)})`, ...overdue], sql` or `)
  return sql`case when a.due_date is null then 'no_tol' when a.due_date >= ${startsIn(1)} then 'ok'
    when ${isOverdue} then 'action' else 'tolerance' end`
}
