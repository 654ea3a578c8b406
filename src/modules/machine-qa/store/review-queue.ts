import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { toInstant } from './row-values.ts'

/** A completed session that waits for a review, with what its results say. */
export type QueuedSession = {
  readonly id: number
  readonly version: number
  readonly assignmentId: number
  readonly list: { readonly id: number; readonly name: string }
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
  readonly workCompleted: Date
  readonly performedById: number | null
  /** display name of whoever performed it */
  readonly performedBy: string | null
  readonly flagged: boolean
  readonly counts: {
    readonly ok: number
    readonly tolerance: number
    readonly action: number
    readonly noTolerance: number
    readonly notDone: number
    /** comments on results and on the session */
    readonly comments: number
  }
  /** nothing asks for eyes: no result is out of tolerance, left out or commented on */
  readonly passed: boolean
}

export type QueueQuery = {
  readonly show: 'all' | 'differences' | 'passed'
  readonly order: 'differences' | 'newest' | 'oldest'
  readonly unitIds?: readonly number[]
  readonly listIds?: readonly number[]
  readonly text?: string
  /** only sessions that somebody else performed */
  readonly notBy?: number
  readonly limit: number
  readonly offset: number
}

/** A queue longer than this is ordered and counted by its newest part. */
const MOST_LOOKED_AT = 2000

type QueueRow = {
  readonly id: number
  readonly version: number
  readonly assignment_id: number
  readonly list_id: number
  readonly list_name: string
  readonly unit_id: number
  readonly unit_number: number
  readonly unit_name: string
  readonly work_completed: string
  readonly created_by_id: number | null
  readonly username: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly flagged: 0 | 1
  readonly ok: number
  readonly tolerance: number
  readonly action: number
  readonly no_tol: number
  readonly not_done: number
  readonly comments: number
  readonly passed: 0 | 1
}

/**
 * A page of the queue of unreviewed sessions and how many there are: all, and those of them that passed. Of a queue of
 * more than 2000 sessions only the newest are looked into.
 *
 * @param groupIds whose assignments are seen
 */
export async function findReviewQueue(
  db: Database,
  query: QueueQuery,
  groupIds: readonly number[] | 'all',
): Promise<{
  readonly items: readonly QueuedSession[]
  readonly waiting: number
  readonly passed: number
  readonly differences: number
}> {
  const waiting = waitingStatement(query, groupIds)
  const [page, counts] = await Promise.all([
    sql<QueueRow>`with ${waiting} select * from queue where ${chosen(query.show)}
      order by ${orderOf(query.order)} limit ${query.limit} offset ${query.offset}`.execute(db),
    sql<{ waiting: number; passed: number }>`with ${waiting}
      select count(*) as waiting, coalesce(sum(passed), 0) as passed from queue`.execute(db),
  ])
  const { waiting: all = 0, passed = 0 } = counts.rows[0] ?? {}
  return { items: page.rows.map(toQueued), waiting: all, passed, differences: all - passed }
}

function waitingStatement(query: QueueQuery, groupIds: readonly number[] | 'all'): RawBuilder<unknown> {
  return sql`waiting as (
      select d.id, d.version, d.assignment_id, l.id as list_id, l.name as list_name, u.id as unit_id,
        u.number as unit_number, u.name as unit_name, d.work_completed, d.created_by_id, d.flagged
      from qa_session as d join qa_assignment as a on a.id = d.assignment_id join qa_unit as u on u.id = a.unit_id
      join qa_test_list as l on l.id = d.test_list_id
      where not d.in_progress and not d.all_reviewed and d.voided_at is null
        and ${seenBy(groupIds)} and ${conditionOf(query)}
      order by d.work_completed desc limit ${MOST_LOOKED_AT}
    ), outcome as (
      select session_id, sum(case when pass_fail = 'ok' then 1 else 0 end) as ok,
        sum(case when pass_fail = 'tolerance' then 1 else 0 end) as tolerance,
        sum(case when pass_fail = 'action' then 1 else 0 end) as action,
        sum(case when pass_fail = 'no_tol' then 1 else 0 end) as no_tol,
        sum(case when pass_fail = 'not_done' then 1 else 0 end) as not_done,
        sum(case when comment <> '' then 1 else 0 end) as comments
      from qa_result where session_id in (select id from waiting) group by session_id
    ), said as (
      select session_id, count(*) as comments from qa_comment
      where session_id in (select id from waiting) group by session_id
    ), queue as (
      select w.*, p.username, p.first_name, p.last_name, coalesce(o.ok, 0) as ok,
        coalesce(o.tolerance, 0) as tolerance, coalesce(o.action, 0) as action, coalesce(o.no_tol, 0) as no_tol,
        coalesce(o.not_done, 0) as not_done, coalesce(o.comments, 0) + coalesce(said.comments, 0) as comments,
        case when coalesce(o.tolerance, 0) + coalesce(o.action, 0) + coalesce(o.not_done, 0)
          + coalesce(o.comments, 0) + coalesce(said.comments, 0) = 0 and not w.flagged then 1 else 0 end as passed
      from waiting as w left join outcome as o on o.session_id = w.id left join said on said.session_id = w.id
      left join access_user as p on p.id = w.created_by_id
    )`
}

function seenBy(groupIds: readonly number[] | 'all'): RawBuilder<SqlBool> {
  if (groupIds === 'all') return sql`1 = 1`
  if (groupIds.length === 0) return sql`1 = 0`
  return sql`exists (select 1 from qa_assignment_visible_to as v
    where v.assignment_id = d.assignment_id and v.group_id in (${sql.join([...groupIds])}))`
}

function conditionOf({ unitIds, listIds, text, notBy }: QueueQuery): RawBuilder<SqlBool> {
  const pattern = `%${fold(text?.trim() ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`1 = 1`,
    ...(unitIds?.length ? [sql`u.id in (${sql.join([...unitIds])})`] : []),
    ...(listIds?.length ? [sql`l.id in (${sql.join([...listIds])})`] : []),
    ...(text?.trim()
      ? [sql`(l.name_folded like ${pattern} escape '\\' or u.name_folded like ${pattern} escape '\\')`]
      : []),
    ...(notBy === undefined ? [] : [sql`(d.created_by_id is null or d.created_by_id <> ${notBy})`]),
  ]
  return sql`${sql.join(conditions, sql` and `)}`
}

function chosen(show: QueueQuery['show']): RawBuilder<SqlBool> {
  if (show === 'all') return sql`1 = 1`
  return show === 'passed' ? sql`passed = 1` : sql`passed = 0`
}

const SEVERITY = sql`case when action > 0 then 0 when tolerance > 0 then 1 when passed = 0 then 2 else 3 end`

function orderOf(order: QueueQuery['order']): RawBuilder<unknown> {
  switch (order) {
    case 'differences':
      return sql`${SEVERITY}, work_completed desc, id desc`
    case 'newest':
      return sql`work_completed desc, id desc`
    case 'oldest':
      return sql`work_completed, id`
  }
}

function toQueued(row: QueueRow): QueuedSession {
  return {
    id: row.id,
    version: row.version,
    assignmentId: row.assignment_id,
    list: { id: row.list_id, name: row.list_name },
    unit: { id: row.unit_id, number: row.unit_number, name: row.unit_name },
    workCompleted: toInstant(row.work_completed),
    performedById: row.created_by_id,
    performedBy: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || row.username,
    flagged: row.flagged === 1,
    counts: {
      ok: row.ok,
      tolerance: row.tolerance,
      action: row.action,
      noTolerance: row.no_tol,
      notDone: row.not_done,
      comments: row.comments,
    },
    passed: row.passed === 1,
  }
}
