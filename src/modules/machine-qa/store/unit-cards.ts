import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Actor } from '../../../core/actor.ts'
import type { Database } from '../../../platform/database/database.ts'
import type { DueStatus } from '../domain/due-status.ts'
import { dueStatusExpression, findWindowEnds, IS_WORK, seenBy, WORK_TABLES } from './work-conditions.ts'

/** A unit as the unit chooser shows it. */
export type UnitCard = {
  readonly id: number
  readonly number: number
  readonly name: string
  readonly serialNumber: string | null
  readonly location: string | null
  readonly site: { readonly id: number; readonly name: string } | null
  readonly type: { readonly id: number; readonly name: string; readonly collapse: boolean }
  /** name of the class of the type, such as linac */
  readonly className: string | null
  /** assignments by due status */
  readonly due: Readonly<Record<DueStatus, number>>
  readonly inProgress: number
  /** frequencies its assignments have, the most frequent first; null stands for none */
  readonly frequencyIds: readonly (number | null)[]
}

type CardRow = {
  readonly id: number
  readonly number: number
  readonly name: string
  readonly serial_number: string | null
  readonly location: string | null
  readonly site_id: number | null
  readonly site_name: string | null
  readonly type_id: number
  readonly type_name: string
  readonly collapse: 0 | 1
  readonly class_name: string | null
}

type CountRow = {
  readonly unit_id: number
  readonly frequency_id: number | null
  readonly status: DueStatus
  readonly count: number
  readonly unfinished: number
}

/** All units in use, by number, with how much of the work an actor sees is due on them. */
export async function findUnitCards(
  db: Database,
  { actor, now, zone }: { readonly actor: Actor; readonly now: Date; readonly zone: string },
): Promise<UnitCard[]> {
  const status = dueStatusExpression(await findWindowEnds(db), { now, zone })
  const [units, counts] = await Promise.all([
    sql<CardRow>`
      select u.id, u.number, u.name, u.serial_number, u.location, s.id as site_id, s.name as site_name,
        t.id as type_id, t.name as type_name, t.collapse, k.name as class_name
      from qa_unit as u join qa_unit_type as t on t.id = u.type_id
      left join qa_unit_class as k on k.id = t.unit_class_id
      left join equipment_site as s on s.id = u.site_id
      where u.active and u.retired_at is null order by u.number`.execute(db),
    countStatement(status, seenBy(actor)).execute(db),
  ])
  const byUnit = Map.groupBy(counts.rows, (row) => row.unit_id)
  return units.rows.map((row) => toCard(row, byUnit.get(row.id) ?? []))
}

function countStatement(status: RawBuilder<string>, visible: RawBuilder<SqlBool>): RawBuilder<CountRow> {
  return sql<CountRow>`
    select unit_id, frequency_id, status, count(*) as count, sum(unfinished) as unfinished from (
      select a.unit_id, a.frequency_id, f.nominal_interval, ${status} as status, (
        select count(*) from qa_session as d
        where d.assignment_id = a.id and d.in_progress and d.voided_at is null) as unfinished
      from ${WORK_TABLES} where ${IS_WORK} and ${visible}
    ) as work group by unit_id, frequency_id, nominal_interval, status
    order by unit_id, nominal_interval nulls last, frequency_id, status`
}

function toCard(row: CardRow, counts: readonly CountRow[]): UnitCard {
  const due = { no_tol: 0, ok: 0, tolerance: 0, action: 0 }
  for (const { status, count } of counts) due[status] += count
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    serialNumber: row.serial_number,
    location: row.location,
    site: row.site_id === null ? null : { id: row.site_id, name: row.site_name ?? '' },
    type: { id: row.type_id, name: row.type_name, collapse: row.collapse === 1 },
    className: row.class_name,
    due,
    inProgress: counts.reduce((sum, { unfinished }) => sum + unfinished, 0),
    frequencyIds: [...new Set(counts.map(({ frequency_id }) => frequency_id))],
  }
}
