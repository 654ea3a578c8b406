import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { PassFail } from '../domain/pass-fail.ts'
import type { GatingAssignment, GatingSession } from '../domain/unit-state.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'

/** A session with when its assignment had been due before it. */
type DatedSession = GatingSession & { readonly dueBefore: Date | null }

/**
 * An assignment that decides about its unit, with what happened in a span of time: enough for its state at every
 * instant within.
 */
export type GatingRecord = Pick<GatingAssignment, 'id' | 'name' | 'frequency'> & {
  readonly unitId: number
  readonly createdAt: Date
  /** as it is now */
  readonly dueDate: Date | null
  /** the newest session before the span, those within it, and the first one after it; oldest first */
  readonly sessions: readonly DatedSession[]
}

type AssignmentRow = {
  readonly id: number
  readonly unit_id: number
  readonly name: string | null
  readonly due_date: string | null
  readonly created_at: string
  readonly window_start: number | null
  readonly window_end: number
}

type SessionRow = {
  readonly id: number
  readonly assignment_id: number
  readonly work_completed: string
  readonly due_date: string | null
  readonly all_reviewed: 0 | 1
  readonly action: number | null
  readonly tolerance: number | null
  readonly invalid: number | null
}

/**
 * The assignments that decide about units: those in use that have a frequency. What is done only when needed does not
 * make a unit unfit by never having been done.
 *
 * @param unitIds all units in use unless given
 */
export async function findGatingRecords(
  db: Database,
  unitIds: readonly number[] | undefined,
  span: { readonly from: Date; readonly to: Date },
): Promise<GatingRecord[]> {
  if (unitIds?.length === 0) return []
  const ofUnits = unitIds ? sql`and a.unit_id in (${sql.join([...unitIds])})` : sql``
  const assignments = await sql<AssignmentRow>`
    select a.id, a.unit_id, a.name, a.due_date, a.created_at, f.window_start, f.window_end
    from qa_assignment as a join qa_frequency as f on f.id = a.frequency_id
    left join qa_test_list as l on l.id = a.test_list_id
    left join qa_test_list_cycle as c on c.id = a.test_list_cycle_id
    where a.active and a.retired_at is null and l.retired_at is null and c.retired_at is null ${ofUnits}
    order by a.id`.execute(db)
  const ids = assignments.rows.map(({ id }) => id)
  const sessions = Map.groupBy(await findSessionsAround(db, ids, span), (row) => row.assignment_id)
  return assignments.rows.map((row) => ({
    id: row.id,
    unitId: row.unit_id,
    name: row.name ?? '',
    frequency: { windowStartDays: row.window_start, windowEndDays: row.window_end },
    createdAt: toInstant(row.created_at),
    dueDate: toOptionalInstant(row.due_date),
    sessions: (sessions.get(row.id) ?? []).map(toDatedSession),
  }))
}

async function findSessionsAround(
  db: Database,
  assignmentIds: readonly number[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly SessionRow[]> {
  if (assignmentIds.length === 0) return []
  const counts = sql`d.assignment_id = a.id and not d.in_progress and d.voided_at is null and d.include_for_scheduling`
  const { rows } = await sql<SessionRow>`
    with around as (
      select a.id as assignment_id,
        (select d.work_completed from qa_session as d where ${counts} and d.work_completed < ${from}
          order by d.work_completed desc limit 1) as before,
        (select d.work_completed from qa_session as d where ${counts} and d.work_completed > ${to}
          order by d.work_completed limit 1) as after
      from qa_assignment as a where a.id in (${sql.join([...assignmentIds])})
    ), chosen as (
      select d.id from around as a join qa_session as d on d.assignment_id = a.assignment_id
      where not d.in_progress and d.voided_at is null and d.include_for_scheduling
        and d.work_completed >= coalesce(a.before, ${from}) and d.work_completed <= coalesce(a.after, ${to})
    ), outcome as (
      select r.session_id, max(case when r.pass_fail = 'action' then 1 else 0 end) as action,
        max(case when r.pass_fail = 'tolerance' then 1 else 0 end) as tolerance,
        max(case when q.valid then 0 else 1 end) as invalid
      from qa_result as r join qa_status as q on q.id = r.status_id
      where r.session_id in (select id from chosen) group by r.session_id
    )
    select d.id, d.assignment_id, d.work_completed, d.due_date, d.all_reviewed, outcome.action, outcome.tolerance,
      outcome.invalid
    from qa_session as d left join outcome on outcome.session_id = d.id
    where d.id in (select id from chosen) order by d.work_completed, d.id`.execute(db)
  return rows
}

function toDatedSession(row: SessionRow): DatedSession {
  const passFail = new Set<PassFail>()
  if (row.action === 1) passFail.add('action')
  if (row.tolerance === 1) passFail.add('tolerance')
  return {
    id: row.id,
    workCompleted: toInstant(row.work_completed),
    passFail,
    isValid: row.invalid !== 1,
    allReviewed: row.all_reviewed === 1,
    dueBefore: toOptionalInstant(row.due_date),
  }
}

/** Ids of the units in use, by number. */
export async function findUnitIds(db: Database): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from qa_unit where active and retired_at is null order by number`.execute(db)
  return rows.map(({ id }) => id)
}

/** The units that are the given machines. */
export async function findUnitsOfEquipment(
  db: Database,
  equipmentIds: readonly number[],
): Promise<readonly { readonly id: number; readonly equipmentId: number; readonly name: string }[]> {
  if (equipmentIds.length === 0) return []
  const { rows } = await sql<{ id: number; equipmentId: number; name: string }>`
    select id, equipment_id as "equipmentId", name from qa_unit
    where equipment_id in (${sql.join([...equipmentIds])}) and retired_at is null order by id`.execute(db)
  return rows
}
