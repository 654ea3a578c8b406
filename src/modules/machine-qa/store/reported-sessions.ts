import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'

/** Which sessions a report is about; what is left out narrows nothing. */
export type SessionFilter = {
  readonly from?: Date
  /** not included */
  readonly to?: Date
  readonly ids?: readonly number[]
  readonly unitIds?: readonly number[]
  readonly siteIds?: readonly number[]
  readonly frequencyIds?: readonly number[]
  readonly listIds?: readonly number[]
  readonly assignmentIds?: readonly number[]
  readonly groupIds?: readonly number[]
  readonly reviewed?: boolean
}

/** A completed session as reports list it. */
export type ReportedSession = {
  readonly id: number
  readonly completed: Date
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
  readonly list: string
  readonly frequency: string | null
  readonly performedById: number | null
  readonly reviewed: Date | null
  readonly reviewedById: number | null
  readonly allReviewed: boolean
  readonly due: Date | null
  readonly counts: {
    readonly ok: number
    readonly tolerance: number
    readonly action: number
    readonly noTolerance: number
    readonly skipped: number
  }
}

type SessionRow = {
  readonly id: number
  readonly work_completed: string
  readonly due_date: string | null
  readonly reviewed: string | null
  readonly reviewed_by_id: number | null
  readonly created_by_id: number | null
  readonly all_reviewed: 0 | 1
  readonly unit_id: number
  readonly unit_number: number
  readonly unit_name: string
  readonly list_name: string
  readonly frequency_name: string | null
  readonly ok: number
  readonly tolerance: number
  readonly action: number
  readonly no_tol: number
  readonly skipped: number
}

/** Completed sessions that are not voided, by unit and then in time, one more than the limit if there are more. */
export async function findReportedSessions(
  db: Database,
  filter: SessionFilter,
  limit: number,
): Promise<ReportedSession[]> {
  const { rows } = await sql<SessionRow>`
    with chosen as (
      select x.id, x.work_completed, x.due_date, x.reviewed, x.reviewed_by_id, x.created_by_id, x.all_reviewed,
        u.id as unit_id, u.number as unit_number, u.name as unit_name, l.name as list_name, f.name as frequency_name
      from qa_session as x
      join qa_assignment as a on a.id = x.assignment_id
      join qa_unit as u on u.id = a.unit_id
      join qa_test_list as l on l.id = x.test_list_id
      left join qa_frequency as f on f.id = a.frequency_id
      where x.voided_at is null and x.in_progress = ${false} and ${conditionOf(filter)}
      order by u.number, u.id, x.work_completed, x.id limit ${limit + 1})
    select chosen.*, counts.ok, counts.tolerance, counts.action, counts.no_tol, counts.skipped
    from chosen left join (
      select session_id, ${counting('ok')}, ${counting('tolerance')}, ${counting('action')}, ${counting('no_tol')},
        sum(case when skipped then 1 else 0 end) as skipped
      from qa_result where session_id in (select id from chosen) group by session_id) as counts
      on counts.session_id = chosen.id
    order by unit_number, unit_id, work_completed, chosen.id`.execute(db)
  return rows.map(toReported)
}

function counting(code: 'ok' | 'tolerance' | 'action' | 'no_tol'): RawBuilder<number> {
  return sql`sum(case when pass_fail = ${code} and not skipped then 1 else 0 end) as ${sql.ref(code)}`
}

function conditionOf(filter: SessionFilter): RawBuilder<SqlBool> {
  const { unitIds, siteIds, frequencyIds, listIds, assignmentIds, groupIds, reviewed } = filter
  const { from, to, ids } = filter
  const conditions = [
    sql`1 = 1`,
    ...(from ? [sql`x.work_completed >= ${from.toISOString()}`] : []),
    ...(to ? [sql`x.work_completed < ${to.toISOString()}`] : []),
    ...(ids ? [among('x.id', ids)] : []),
    ...(unitIds ? [among('a.unit_id', unitIds)] : []),
    ...(siteIds ? [among('u.site_id', siteIds)] : []),
    ...(frequencyIds ? [among('a.frequency_id', frequencyIds)] : []),
    ...(listIds ? [among('x.test_list_id', listIds)] : []),
    ...(assignmentIds ? [among('x.assignment_id', assignmentIds)] : []),
    ...(groupIds ? [among('a.assigned_to_id', groupIds)] : []),
    ...(reviewed === undefined ? [] : [sql`x.all_reviewed = ${reviewed}`]),
  ]
  return sql`${sql.join(conditions, sql` and `)}`
}

function among(column: string, ids: readonly number[]): RawBuilder<SqlBool> {
  return ids.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join([...ids])})`
}

function toReported(row: SessionRow): ReportedSession {
  return {
    id: row.id,
    completed: toInstant(row.work_completed),
    unit: { id: row.unit_id, number: row.unit_number, name: row.unit_name },
    list: row.list_name,
    frequency: row.frequency_name,
    performedById: row.created_by_id,
    reviewed: toOptionalInstant(row.reviewed),
    reviewedById: row.reviewed_by_id,
    allReviewed: row.all_reviewed === 1,
    due: toOptionalInstant(row.due_date),
    counts: {
      ok: Number(row.ok ?? 0),
      tolerance: Number(row.tolerance ?? 0),
      action: Number(row.action ?? 0),
      noTolerance: Number(row.no_tol ?? 0),
      skipped: Number(row.skipped ?? 0),
    },
  }
}
