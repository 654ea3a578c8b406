import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { ScheduleHistory } from '../domain/scheduling.ts'
import { toInstant, toOptionalInstant } from './row-values.ts'

/** An assignment that schedules itself, as reckoning its due date needs it. */
export type Schedule = {
  readonly id: number
  readonly dueDate: Date | null
  /** when it was due before the session that counts; null without such a session */
  readonly dueBefore: Date | null
  readonly history: ScheduleHistory
  readonly frequency: {
    readonly recurrences: string
    readonly windowStartDays: number | null
    readonly windowEndDays: number
  }
}

/** Which assignments are scheduled anew. */
export type ScheduleChoice =
  | { readonly by: 'all' }
  | { readonly by: 'ids'; readonly ids: readonly number[] }
  | { readonly by: 'frequency'; readonly id: number }
  /** those with a result of this status */
  | { readonly by: 'status'; readonly id: number }

/** Ids of the assignments that schedule themselves, in order. */
export async function findScheduledIds(db: Database, choice: ScheduleChoice): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select a.id from qa_assignment as a
    where a.auto_schedule and a.frequency_id is not null and a.retired_at is null and ${conditionOf(choice)}
    order by a.id`.execute(db)
  return rows.map(({ id }) => id)
}

function conditionOf(choice: ScheduleChoice): RawBuilder<SqlBool> {
  switch (choice.by) {
    case 'all':
      return sql`1 = 1`
    case 'ids':
      return choice.ids.length === 0 ? sql`1 = 0` : sql`a.id in (${sql.join([...choice.ids])})`
    case 'frequency':
      return sql`a.frequency_id = ${choice.id}`
    case 'status':
      return sql`a.id in (
        select s.assignment_id from qa_result as r join qa_session as s on s.id = r.session_id
        where r.status_id = ${choice.id})`
  }
}

const COUNTS_FOR_SCHEDULING = sql`not s.in_progress and s.voided_at is null and s.include_for_scheduling`

type ScheduleRow = {
  readonly id: number
  readonly due_date: string | null
  readonly recurrences: string
  readonly window_start: number | null
  readonly window_end: number
  readonly counted_at: string | null
  readonly due_before: string | null
  readonly done: 0 | 1
}

/** The schedules of assignments that have a frequency, whether they schedule themselves or not. */
export function findSchedules(db: Database, ids: readonly number[]): Promise<Schedule[]> {
  return ids.length === 0 ? Promise.resolve([]) : findBy(db, ids, sql`a.frequency_id`)
}

/** The schedule that an assignment would have by another frequency. */
export async function findDoneAs(
  db: Database,
  id: number,
  frequencyId: number,
): Promise<Schedule | undefined> {
  return (await findBy(db, [id], sql`${frequencyId}`))[0]
}

async function findBy(
  db: Database,
  ids: readonly number[],
  frequencyId: RawBuilder<unknown>,
): Promise<Schedule[]> {
  const { rows } = await sql<ScheduleRow>`
    select a.id, a.due_date, f.recurrences, f.window_start, f.window_end,
      c.work_completed as counted_at, c.due_date as due_before,
      case when exists (select 1 from qa_session as s where s.assignment_id = a.id and ${COUNTS_FOR_SCHEDULING})
        then 1 else 0 end as done
    from qa_assignment as a
    join qa_frequency as f on f.id = ${frequencyId}
    left join qa_session as c on c.id = (
      select s.id from qa_session as s where s.assignment_id = a.id and ${COUNTS_FOR_SCHEDULING}
        and not exists (
          select 1 from qa_result as r join qa_status as q on q.id = r.status_id
          where r.session_id = s.id and not q.valid)
      order by s.work_completed desc, s.id desc limit 1)
    where a.id in (${sql.join(ids)}) order by a.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    dueDate: toOptionalInstant(row.due_date),
    dueBefore: toOptionalInstant(row.due_before),
    history: historyOf(row),
    frequency: {
      recurrences: row.recurrences,
      windowStartDays: row.window_start,
      windowEndDays: row.window_end,
    },
  }))
}

function historyOf({ counted_at, done }: ScheduleRow): ScheduleHistory {
  if (counted_at !== null) return { kind: 'done', completed: toInstant(counted_at) }
  return { kind: done === 1 ? 'only-invalid' : 'never-done' }
}

export async function saveDueDate(db: Database, assignmentId: number, dueDate: Date | null): Promise<void> {
  await sql`update qa_assignment set due_date = ${dueDate} where id = ${assignmentId}`.execute(db)
}

/** @returns how many due dates there were */
export async function clearDueDates(db: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    update qa_assignment set due_date = ${null} where due_date is not null and retired_at is null`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** @returns how many assignments were the other way before */
export async function saveAutoSchedule(db: Database, autoSchedule: boolean): Promise<number> {
  const { numAffectedRows } = await sql`
    update qa_assignment set auto_schedule = ${autoSchedule}, version = version + 1
    where auto_schedule <> ${autoSchedule} and retired_at is null`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
