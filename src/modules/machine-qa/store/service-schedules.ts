import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toOptionalInstant } from './row-values.ts'

/** A service schedule with what its events say about it. */
export type ScheduleFacts = {
  readonly autoSchedule: boolean
  readonly dueDate: Date | null
  readonly frequency: {
    readonly recurrences: string
    readonly windowStartDays: number | null
    readonly windowEndDays: number
  } | null
  /** when the newest event that counts for scheduling took place */
  readonly lastDone: Date | null
  readonly lastEventId: number | null
}

type ScheduleRow = {
  readonly auto_schedule: 0 | 1
  readonly due_date: string | null
  readonly recurrences: string | null
  readonly window_start: number | null
  readonly window_end: number | null
  readonly last_done: string | null
  readonly last_id: number | null
}

/** A schedule as it stands, with its frequency and its newest events. */
export async function findServiceSchedule(db: Database, id: number): Promise<ScheduleFacts | undefined> {
  const counts = sql`e.service_event_schedule_id = s.id and e.is_active`
  const newest = sql`order by e.datetime_service desc, e.id desc limit 1`
  const { rows } = await sql<ScheduleRow>`
    select s.auto_schedule, s.due_date, f.recurrences, f.window_start, f.window_end,
      (select e.datetime_service from qa_service_event as e where ${counts} and e.include_for_scheduling ${newest}) as last_done,
      (select e.id from qa_service_event as e where ${counts} ${newest}) as last_id
    from qa_service_event_schedule as s left join qa_frequency as f on f.id = s.frequency_id
    where s.id = ${id}`.execute(db)
  const [row] = rows
  return (
    row && {
      autoSchedule: row.auto_schedule === 1,
      dueDate: toOptionalInstant(row.due_date),
      frequency:
        row.recurrences === null
          ? null
          : {
              recurrences: row.recurrences,
              windowStartDays: row.window_start,
              windowEndDays: row.window_end ?? 0,
            },
      lastDone: toOptionalInstant(row.last_done),
      lastEventId: row.last_id,
    }
  )
}

export async function saveServiceSchedule(
  db: Database,
  id: number,
  { dueDate, lastEventId }: { readonly dueDate: Date | null; readonly lastEventId: number | null },
): Promise<void> {
  await sql`update qa_service_event_schedule set due_date = ${dueDate}, last_instance_id = ${lastEventId},
      version = version + 1 where id = ${id}`.execute(db)
}
