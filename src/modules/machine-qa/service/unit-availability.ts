import { type Context, requirePermission } from '../../../context.ts'
import { type CalendarDay, daysBetween, endOfDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { invalidInput } from '../../../core/refusal.ts'
import {
  type Availability,
  availabilityByMonth,
  type MonthAvailability,
  totalAvailability,
} from '../domain/unit-availability.ts'
import { findAvailableUnits, findServiceCosts } from '../store/unit-hours.ts'

export type UnitAvailability = {
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
  readonly months: readonly MonthAvailability[]
  readonly total: Availability
}

export type AvailabilityFilter = {
  /** all units in use unless given */
  readonly unitIds?: readonly number[]
  /** first and last day, in the site's zone */
  readonly from: CalendarDay
  readonly to: CalendarDay
  /** all types of service unless given */
  readonly serviceTypeIds?: readonly number[]
}

const MOST_DAYS = 3660

/** For how long units were meant to be available, and were not, by month. @throws RefusedError over more than ten years */
export async function unitAvailability(
  ctx: Context,
  { unitIds, from, to, serviceTypeIds }: AvailabilityFilter,
): Promise<readonly UnitAvailability[]> {
  requirePermission(ctx, 'machine-qa.service-event.view')
  if (to < from) throw invalidInput('to', 'This may not be before the first day.')
  if (daysBetween(from, to) > MOST_DAYS) throw invalidInput('to', 'This is more than ten years.')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const units = await findAvailableUnits(db, unitIds)
  const costs = await findServiceCosts(db, {
    unitIds: units.map(({ id }) => id),
    from: startOfDay(from, ctx.zone),
    to: endOfDay(to, ctx.zone),
    ...(serviceTypeIds ? { serviceTypeIds } : {}),
  })
  const byUnit = Map.groupBy(costs, ({ unitId }) => unitId)
  return units.map(({ id, number, name, hours }) => {
    const own = (byUnit.get(id) ?? []).map(({ at, serviceS, lostS }) => ({
      day: zoneDay(at, ctx.zone),
      serviceS,
      lostS,
    }))
    const months = availabilityByMonth(hours, own, from, to)
    return { unit: { id, number, name }, months, total: totalAvailability(months) }
  })
}
