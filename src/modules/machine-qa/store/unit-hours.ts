import { sql } from 'kysely'
import { toDay } from '../../../core/calendar.ts'
import type { Database } from '../../../platform/database/database.ts'
import type { DayHours, UnitHours, WeeklyHours } from '../domain/unit-availability.ts'
import { toInstant } from './row-values.ts'

/** A unit with the hours for which it was meant to be available. */
export type AvailableUnit = {
  readonly id: number
  readonly number: number
  readonly name: string
  readonly siteId: number | null
  readonly hours: UnitHours
}

/** @param unitIds all units in use unless given */
export async function findAvailableUnits(
  db: Database,
  unitIds: readonly number[] | undefined,
): Promise<AvailableUnit[]> {
  if (unitIds?.length === 0) return []
  const wanted = unitIds ? sql`u.id in (${sql.join([...unitIds])})` : sql`u.active and u.retired_at is null`
  const { rows } = await sql<{
    id: number
    number: number
    name: string
    site_id: number | null
    date_acceptance: string
  }>`select u.id, u.number, u.name, u.site_id, u.date_acceptance from qa_unit as u where ${wanted} order by u.number`.execute(
    db,
  )
  const ids = rows.map(({ id }) => id)
  const [weeks, exceptions] = await Promise.all([findWeeks(db, ids), findExceptions(db, ids)])
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    siteId: row.site_id,
    hours: {
      accepted: toDay(row.date_acceptance),
      weekly: weeks.get(row.id) ?? [],
      exceptions: exceptions.get(row.id) ?? [],
    },
  }))
}

type WeekRow = { readonly unit_id: number; readonly date_changed: string } & Readonly<
  Record<`hours_${(typeof WEEKDAYS)[number]}`, number>
>

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

async function findWeeks(
  db: Database,
  unitIds: readonly number[],
): Promise<ReadonlyMap<number, readonly WeeklyHours[]>> {
  if (unitIds.length === 0) return new Map()
  const { rows } = await sql<WeekRow>`
    select unit_id, date_changed, hours_sunday, hours_monday, hours_tuesday, hours_wednesday, hours_thursday,
      hours_friday, hours_saturday from qa_available_time
    where unit_id in (${sql.join([...unitIds])}) and retired_at is null order by date_changed`.execute(db)
  const weeks = rows.map((row) => ({
    unitId: row.unit_id,
    from: toDay(row.date_changed),
    secondsByWeekday: WEEKDAYS.map((name) => row[`hours_${name}`]),
  }))
  return Map.groupBy(weeks, ({ unitId }) => unitId)
}

async function findExceptions(
  db: Database,
  unitIds: readonly number[],
): Promise<ReadonlyMap<number, readonly DayHours[]>> {
  if (unitIds.length === 0) return new Map()
  const { rows } = await sql<{ unit_id: number; date: string; hours: number }>`
    select unit_id, date, hours from qa_available_time_edit
    where unit_id in (${sql.join([...unitIds])}) and retired_at is null`.execute(db)
  const days = rows.map(({ unit_id, date, hours }) => ({ unitId: unit_id, day: toDay(date), seconds: hours }))
  return Map.groupBy(days, ({ unitId }) => unitId)
}

/** What service cost units in a span of time. */
export type UnitCost = {
  readonly unitId: number
  readonly at: Date
  readonly serviceS: number
  readonly lostS: number
}

export type CostFilter = {
  readonly unitIds: readonly number[]
  readonly from: Date
  readonly to: Date
  readonly serviceTypeIds?: readonly number[]
}

export async function findServiceCosts(
  db: Database,
  { unitIds, from, to, serviceTypeIds }: CostFilter,
): Promise<UnitCost[]> {
  if (unitIds.length === 0) return []
  const ofTypes = serviceTypeIds?.length
    ? sql`and e.service_type_id in (${sql.join([...serviceTypeIds])})`
    : sql``
  const { rows } = await sql<{ unit_id: number; at: string; service: number | null; lost: number | null }>`
    select e.unit_id, e.datetime_service as at, e.duration_service_time as service, e.duration_lost_time as lost
    from qa_service_event as e join qa_service_event_status as s on s.id = e.service_status_id
    where e.is_active and s.meaning <> 'void' and e.unit_id in (${sql.join([...unitIds])})
      and e.datetime_service >= ${from} and e.datetime_service <= ${to} ${ofTypes}`.execute(db)
  return rows.map((row) => ({
    unitId: row.unit_id,
    at: toInstant(row.at),
    serviceS: row.service ?? 0,
    lostS: row.lost ?? 0,
  }))
}
