import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { toInstant } from './row-values.ts'

/** A service event as one line: what charts mark and lists name. */
export type ServiceMark = {
  readonly id: number
  readonly unitId: number
  /** when the service was, or is to be */
  readonly at: Date
  readonly type: { readonly id: number; readonly name: string }
  readonly status: { readonly id: number; readonly name: string; readonly colour: string }
  readonly problem: string
}

type MarkRow = {
  readonly id: number
  readonly unit_id: number
  readonly at: string
  readonly type_id: number
  readonly type_name: string
  readonly status_id: number
  readonly status_name: string
  readonly colour: string
  readonly problem: string
}

/** Service events of units within a span of time, both ends included, oldest first; deleted ones are left out. */
export async function findServiceMarks(
  db: Database,
  { unitIds, from, to }: { readonly unitIds: readonly number[]; readonly from: Date; readonly to: Date },
  limit: number,
): Promise<ServiceMark[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<MarkRow>`
    select e.id, e.unit_id, e.datetime_service as at, t.id as type_id, t.name as type_name, s.id as status_id,
      s.name as status_name, s.colour, e.problem_description as problem
    from qa_service_event as e join qa_service_type as t on t.id = e.service_type_id
    join qa_service_event_status as s on s.id = e.service_status_id
    where e.is_active and e.unit_id in (${sql.join([...unitIds])})
      and e.datetime_service >= ${from} and e.datetime_service <= ${to}
    order by e.datetime_service, e.id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    unitId: row.unit_id,
    at: toInstant(row.at),
    type: { id: row.type_id, name: row.type_name },
    status: { id: row.status_id, name: row.status_name, colour: row.colour },
    problem: row.problem,
  }))
}
