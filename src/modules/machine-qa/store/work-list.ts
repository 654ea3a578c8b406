import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Actor } from '../../../core/actor.ts'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { DueStatus } from '../domain/due-status.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'
import { dueStatusExpression, findWindowEnds, IS_WORK, seenBy, WORK_TABLES } from './work-conditions.ts'

export const WORK_ORDERS = ['due', 'unit', 'name', 'frequency', 'lastDone', 'status'] as const
export type WorkOrder = (typeof WORK_ORDERS)[number]

/** Which work is listed, and in which order. */
export type WorkQuery = {
  readonly unitIds?: readonly number[]
  readonly siteIds?: readonly number[]
  /** null stands for work without a frequency */
  readonly frequencyIds?: readonly (number | null)[]
  readonly categoryIds?: readonly number[]
  readonly due?: readonly DueStatus[]
  /** in the names of list and unit, and the number of the unit */
  readonly text?: string
  readonly order: WorkOrder
  readonly direction: 'asc' | 'desc'
  readonly limit: number
  readonly offset: number
}

export type Named = { readonly id: number; readonly name: string }

/** How results of a session turned out. */
export type OutcomeCounts = {
  readonly ok: number
  readonly tolerance: number
  readonly action: number
  readonly noTolerance: number
  readonly notDone: number
}

/** An assignment as work lists show it. */
export type WorkItem = {
  readonly assignmentId: number
  readonly name: string
  readonly unit: Named & { readonly number: number }
  readonly site: Named | null
  readonly frequency:
    | (Named & {
        readonly slug: string
        readonly windowStartDays: number | null
        readonly windowEndDays: number
      })
    | null
  readonly assignedTo: Named | null
  readonly dueDate: Date | null
  readonly dueStatus: DueStatus
  readonly autoSchedule: boolean
  /** what is performed next; null for a cycle without lists */
  readonly next: { readonly day: number; readonly testList: Named } | null
  /** days of the cycle; null for a plain list */
  readonly days: number | null
  readonly last: {
    readonly sessionId: number
    readonly day: number
    readonly at: Date
    /** display name of whoever performed it */
    readonly by: string | null
    readonly allReviewed: boolean
    readonly flagged: boolean
    readonly outcomes: OutcomeCounts
  } | null
  readonly inProgress: { readonly count: number; readonly sessionId: number } | null
}

/** How many assignments have each due status, whatever status the query chooses. */
export type DueCounts = Readonly<Record<DueStatus, number>>

type Seen = { readonly actor: Actor | 'everybody'; readonly now: Date; readonly zone: string }

/** A page of work and the counts of all that fits: three statements, however much there is. */
export async function findWork(
  db: Database,
  query: WorkQuery,
  { actor, now, zone }: Seen,
): Promise<{ readonly items: readonly WorkItem[]; readonly counts: DueCounts }> {
  const status = dueStatusExpression(await findWindowEnds(db), { now, zone })
  const visible = actor === 'everybody' ? sql<SqlBool>`1 = 1` : seenBy(actor)
  const where = sql<SqlBool>`${IS_WORK} and ${visible} and ${conditionOf(query)}`
  const [page, counted] = await Promise.all([
    pageStatement(query, status, where).execute(db),
    sql<{ status: DueStatus; count: number }>`select status, count(*) as count from (
      select ${status} as status from ${WORK_TABLES} where ${where}) as counted group by status`.execute(db),
  ])
  const counts = Object.fromEntries(counted.rows.map((row) => [row.status, row.count]))
  return {
    items: page.rows.map(toWorkItem),
    counts: { no_tol: 0, ok: 0, tolerance: 0, action: 0, ...counts },
  }
}

function conditionOf({ unitIds, siteIds, frequencyIds, categoryIds, text }: WorkQuery): RawBuilder<SqlBool> {
  const conditions = [
    sql<SqlBool>`1 = 1`,
    ...(unitIds ? [amongIds('a.unit_id', unitIds)] : []),
    ...(siteIds ? [amongIds('u.site_id', siteIds)] : []),
    ...(frequencyIds ? [amongFrequencies(frequencyIds)] : []),
    ...(categoryIds ? [hasCategory(categoryIds)] : []),
    ...(text === undefined || text.trim() === '' ? [] : [contains(fold(text.trim()))]),
  ]
  return sql`${sql.join(conditions, sql` and `)}`
}

function amongIds(column: string, ids: readonly number[]): RawBuilder<SqlBool> {
  return ids.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join([...ids])})`
}

function amongFrequencies(ids: readonly (number | null)[]): RawBuilder<SqlBool> {
  const given = ids.filter((id) => id !== null)
  const adHoc = ids.includes(null) ? sql` or a.frequency_id is null` : sql``
  return sql`(${amongIds('a.frequency_id', given)}${adHoc})`
}

/** Whether any test that is performed belongs to one of the categories. */
function hasCategory(ids: readonly number[]): RawBuilder<SqlBool> {
  return sql`exists (
    select 1 from (
      select coalesce(a.test_list_id, 0) as list_id
      union all select test_list_id from qa_test_list_cycle_membership where cycle_id = a.test_list_cycle_id
    ) as performed
    join (
      select id as list_id, id as part_id from qa_test_list
      union all select parent_id, child_id from qa_sublist
    ) as part on part.list_id = performed.list_id
    join qa_test_list_membership as m on m.test_list_id = part.part_id
    join qa_test as t on t.id = m.test_id
    where ${amongIds('t.category_id', ids)})`
}

function contains(text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(a.name_folded like ${pattern} escape '\\' or u.name_folded like ${pattern} escape '\\'
    or cast(u.number as text) = ${text})`
}

const SEVERITY = sql`case status when 'action' then 0 when 'tolerance' then 1 when 'ok' then 2 else 3 end`

/** Each with what breaks its ties; nulls last in either direction. */
const ORDER_TERMS: Readonly<Record<WorkOrder, readonly RawBuilder<unknown>[]>> = {
  due: [sql`due_date`],
  unit: [sql`unit_number`],
  name: [sql`name_folded`],
  frequency: [sql`nominal_interval`],
  lastDone: [sql`last_at`],
  status: [SEVERITY, sql`due_date`],
}

function orderOf({ order, direction }: WorkQuery): RawBuilder<unknown> {
  const towards = direction === 'asc' ? sql`asc` : sql`desc`
  const terms = ORDER_TERMS[order].map((term) => sql`${term} ${towards} nulls last`)
  return sql.join([...terms, sql`unit_number`, sql`name_folded`, sql`id`])
}

function pageStatement(
  query: WorkQuery,
  status: RawBuilder<string>,
  where: RawBuilder<SqlBool>,
): RawBuilder<WorkRow> {
  const chosen = query.due ? sql`status in (${sql.join([...query.due, ''])})` : sql`1 = 1`
  const order = orderOf(query)
  return sql<WorkRow>`
    with work as (
      select a.id, a.name, a.name_folded, a.due_date, a.auto_schedule, a.assigned_to_id, a.test_list_id,
        a.test_list_cycle_id, ${status} as status, u.id as unit_id, u.number as unit_number, u.name as unit_name,
        s.id as site_id, s.name as site_name, f.id as frequency_id, f.name as frequency_name,
        f.slug as frequency_slug, f.window_start, f.window_end, f.nominal_interval, d.id as last_id,
        d.day as last_day, d.work_completed as last_at, d.all_reviewed, d.flagged, d.created_by_id
      from ${WORK_TABLES} left join qa_session as d on d.id = a.last_instance_id
      where ${where}
    ), page as (
      select * from work where ${chosen} order by ${order} limit ${query.limit} offset ${query.offset}
    ), turn as (
      select cycle_id, test_list_id, row_number() over (partition by cycle_id order by sort_order, id) - 1 as day,
        count(*) over (partition by cycle_id) as days
      from qa_test_list_cycle_membership
    ), outcome as (
      select session_id, sum(case when pass_fail = 'ok' then 1 else 0 end) as ok,
        sum(case when pass_fail = 'tolerance' then 1 else 0 end) as tolerance,
        sum(case when pass_fail = 'action' then 1 else 0 end) as action,
        sum(case when pass_fail = 'no_tol' then 1 else 0 end) as no_tol,
        sum(case when pass_fail = 'not_done' then 1 else 0 end) as not_done
      from qa_result where session_id in (select last_id from page) group by session_id
    ), unfinished as (
      select assignment_id, count(*) as count, max(id) as session_id
      from qa_session where in_progress and voided_at is null and assignment_id in (select id from page)
      group by assignment_id
    )
    select page.*, g.name as group_name, p.username, p.first_name, p.last_name, turn.day as next_day, turn.days,
      n.id as next_list_id, n.name as next_list_name, outcome.ok, outcome.tolerance, outcome.action,
      outcome.no_tol, outcome.not_done, unfinished.count as unfinished, unfinished.session_id as unfinished_id
    from page
    left join access_group as g on g.id = page.assigned_to_id
    left join access_user as p on p.id = page.created_by_id
    left join turn on turn.cycle_id = page.test_list_cycle_id
      and turn.day = case when page.last_day + 1 < turn.days then page.last_day + 1 else 0 end
    left join qa_test_list as n on n.id = coalesce(page.test_list_id, turn.test_list_id)
    left join outcome on outcome.session_id = page.last_id
    left join unfinished on unfinished.assignment_id = page.id
    order by ${order}`
}

type WorkRow = {
  readonly id: number
  readonly name: string | null
  readonly due_date: string | null
  readonly auto_schedule: 0 | 1
  readonly status: DueStatus
  readonly unit_id: number
  readonly unit_number: number
  readonly unit_name: string
  readonly site_id: number | null
  readonly site_name: string | null
  readonly frequency_id: number | null
  readonly frequency_name: string | null
  readonly frequency_slug: string | null
  readonly window_start: number | null
  readonly window_end: number | null
  readonly assigned_to_id: number | null
  readonly group_name: string | null
  readonly next_day: number | null
  readonly days: number | null
  readonly next_list_id: number | null
  readonly next_list_name: string | null
  readonly unfinished: number | null
  readonly unfinished_id: number | null
} & LastRow

type LastRow = {
  readonly last_id: number | null
  readonly last_day: number | null
  readonly last_at: string | null
  readonly all_reviewed: 0 | 1 | null
  readonly flagged: 0 | 1 | null
  readonly username: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly ok: number | null
  readonly tolerance: number | null
  readonly action: number | null
  readonly no_tol: number | null
  readonly not_done: number | null
}

function toWorkItem(row: WorkRow): WorkItem {
  const named = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })
  const frequency = named(row.frequency_id, row.frequency_name)
  const nextList = named(row.next_list_id, row.next_list_name)
  return {
    assignmentId: row.id,
    name: row.name ?? '',
    unit: { id: row.unit_id, number: row.unit_number, name: row.unit_name },
    site: named(row.site_id, row.site_name),
    frequency: frequency && {
      ...frequency,
      slug: row.frequency_slug ?? '',
      windowStartDays: row.window_start,
      windowEndDays: row.window_end ?? 0,
    },
    assignedTo: named(row.assigned_to_id, row.group_name),
    dueDate: toOptionalInstant(row.due_date),
    dueStatus: row.status,
    autoSchedule: row.auto_schedule === 1,
    next: nextList && { day: row.next_day ?? 0, testList: nextList },
    days: row.days,
    last: toLast(row),
    inProgress:
      row.unfinished_id === null ? null : { count: row.unfinished ?? 0, sessionId: row.unfinished_id },
  }
}

function toLast(row: LastRow): WorkItem['last'] {
  if (row.last_id === null || row.last_at === null) return null
  const fullName = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim()
  return {
    sessionId: row.last_id,
    day: row.last_day ?? 0,
    at: toInstant(row.last_at),
    by: fullName || row.username,
    allReviewed: row.all_reviewed === 1,
    flagged: row.flagged === 1,
    outcomes: {
      ok: row.ok ?? 0,
      tolerance: row.tolerance ?? 0,
      action: row.action ?? 0,
      noTolerance: row.no_tol ?? 0,
      notDone: row.not_done ?? 0,
    },
  }
}
