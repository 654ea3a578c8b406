import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toInstant } from './row-values.ts'
import type { OutcomeCounts } from './work-list.ts'

/** Completed sessions of an assignment in one of several successive spans. */
export type DoneInSpan = {
  readonly assignmentId: number
  /** place of the span, from 0 */
  readonly span: number
  readonly done: number
  readonly unreviewed: number
}

/**
 * How often assignments were done in each of several successive spans of time.
 *
 * @param bounds where the spans begin, and the end of the last one; in order
 */
export async function countDone(
  db: Database,
  assignmentIds: readonly number[],
  bounds: readonly Date[],
): Promise<DoneInSpan[]> {
  const [first] = bounds
  const last = bounds.at(-1)
  if (assignmentIds.length === 0 || !first || !last || bounds.length < 2) return []
  const { rows } = await sql<{ id: number; span: number; done: number; unreviewed: number }>`
    select id, span, count(*) as done, sum(waits) as unreviewed from (
      select assignment_id as id, ${spanOf(bounds)} as span, case when all_reviewed then 0 else 1 end as waits
      from qa_session where assignment_id in (${sql.join([...assignmentIds])}) and not in_progress
        and voided_at is null and work_completed >= ${first} and work_completed < ${last}
    ) as counted group by id, span`.execute(db)
  return rows.map(({ id, span, done, unreviewed }) => ({ assignmentId: id, span, done, unreviewed }))
}

/** The first span that ends after the session; ends are compared as instants, so that clocks may change within. */
function spanOf(bounds: readonly Date[]): RawBuilder<number> {
  const cases = bounds.slice(1).map((end, span) => sql`when work_completed < ${end} then ${sql.lit(span)}`)
  return sql`case ${sql.join(cases, sql` `)} end`
}

/** Recurrences of frequencies as they are stored, by frequency id. */
export async function findRecurrenceTexts(db: Database): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; recurrences: string }>`
    select id, recurrences from qa_frequency`.execute(db)
  return new Map(rows.map(({ id, recurrences }) => [id, recurrences]))
}

/** Ids of all frequencies, what occurs most often first. */
export async function findFrequencyOrder(db: Database): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from qa_frequency order by nominal_interval, id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Since when assignments exist, by id. */
export async function findStarts(
  db: Database,
  assignmentIds: readonly number[],
): Promise<ReadonlyMap<number, Date>> {
  if (assignmentIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; created_at: string; first: string | null }>`
    select a.id, a.created_at, (select min(d.work_completed) from qa_session as d
      where d.assignment_id = a.id and not d.in_progress and d.voided_at is null) as first
    from qa_assignment as a where a.id in (${sql.join([...assignmentIds])})`.execute(db)
  return new Map(
    rows.map(({ id, created_at, first }) => {
      const made = toInstant(created_at)
      const done = first === null ? made : toInstant(first)
      return [id, new Date(Math.min(done.getTime(), made.getTime()))]
    }),
  )
}

/** A session of a day, as calendars list it. */
export type DoneSession = {
  readonly id: number
  readonly assignmentId: number
  readonly listName: string
  readonly unitName: string
  readonly at: Date
  readonly by: string | null
  readonly allReviewed: boolean
  readonly outcomes: OutcomeCounts
}

type DoneRow = {
  readonly id: number
  readonly assignment_id: number
  readonly list_name: string
  readonly unit_name: string
  readonly work_completed: string
  readonly username: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly all_reviewed: 0 | 1
  readonly ok: number
  readonly tolerance: number
  readonly action: number
  readonly no_tol: number
  readonly not_done: number
}

/** Completed sessions of assignments in a span of time, in order of completion. */
export async function findDoneSessions(
  db: Database,
  assignmentIds: readonly number[],
  { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
): Promise<DoneSession[]> {
  if (assignmentIds.length === 0) return []
  const { rows } = await sql<DoneRow>`
    with done as (
      select d.id, d.assignment_id, d.test_list_id, d.work_completed, d.created_by_id, d.all_reviewed
      from qa_session as d where d.assignment_id in (${sql.join([...assignmentIds])}) and not d.in_progress
        and d.voided_at is null and d.work_completed >= ${from} and d.work_completed < ${to}
      order by d.work_completed, d.id limit ${limit}
    ), outcome as (
      select session_id, sum(case when pass_fail = 'ok' then 1 else 0 end) as ok,
        sum(case when pass_fail = 'tolerance' then 1 else 0 end) as tolerance,
        sum(case when pass_fail = 'action' then 1 else 0 end) as action,
        sum(case when pass_fail = 'no_tol' then 1 else 0 end) as no_tol,
        sum(case when pass_fail = 'not_done' then 1 else 0 end) as not_done
      from qa_result where session_id in (select id from done) group by session_id
    )
    select done.id, done.assignment_id, done.work_completed, done.all_reviewed, l.name as list_name,
      u.name as unit_name, p.username, p.first_name, p.last_name, coalesce(o.ok, 0) as ok,
      coalesce(o.tolerance, 0) as tolerance, coalesce(o.action, 0) as action, coalesce(o.no_tol, 0) as no_tol,
      coalesce(o.not_done, 0) as not_done
    from done join qa_test_list as l on l.id = done.test_list_id
    join qa_assignment as a on a.id = done.assignment_id join qa_unit as u on u.id = a.unit_id
    left join access_user as p on p.id = done.created_by_id left join outcome as o on o.session_id = done.id
    order by done.work_completed, done.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    assignmentId: row.assignment_id,
    listName: row.list_name,
    unitName: row.unit_name,
    at: toInstant(row.work_completed),
    by: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || row.username,
    allReviewed: row.all_reviewed === 1,
    outcomes: {
      ok: row.ok,
      tolerance: row.tolerance,
      action: row.action,
      noTolerance: row.no_tol,
      notDone: row.not_done,
    },
  }))
}
