import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Context, requirePermission } from '../../context.ts'
import { addDays, type CalendarDay, endOfDay, startOfDay, zoneDay } from '../../core/calendar.ts'
import type { EquipmentStateProvider } from '../equipment/state-at.ts'
import {
  type GatingAssignment,
  type OpenServiceEvent,
  type UnitState,
  type UnitStateFinding,
  unitState,
} from './domain/unit-state.ts'
import { findOutOfService } from './service/open-service-events.ts'
import {
  findGatingRecords,
  findUnitIds,
  findUnitsOfEquipment,
  type GatingRecord,
} from './store/gating-assignments.ts'

/** Service events that keep units out of service at an instant, by unit. */
export type OpenEventsAt = (
  ctx: Context,
  unitIds: readonly number[],
  at: Date,
) => Promise<ReadonlyMap<number, readonly OpenServiceEvent[]>>

/** What the service log says. */
const fromServiceLog: OpenEventsAt = async (ctx, unitIds, at) => {
  const outOfService = await findOutOfService(ctx, unitIds, { from: at, to: at })
  return new Map(unitIds.map((id) => [id, outOfService(id, at)]))
}

const MOST_DAYS = 366

/**
 * The QA state of units at an instant, by unit. Sessions count as they were performed until then, service events as they
 * took place; whether sessions are valid and reviewed counts as it is known now.
 *
 * @param unitIds all units in use unless given
 */
export async function unitStates(
  ctx: Context,
  { unitIds, at = ctx.now() }: { readonly unitIds?: readonly number[]; readonly at?: Date } = {},
  openEvents: OpenEventsAt = fromServiceLog,
): Promise<ReadonlyMap<number, UnitStateFinding>> {
  requirePermission(ctx, 'machine-qa.access')
  return findStates(ctx, unitIds, at, openEvents)
}

async function findStates(
  ctx: Context,
  unitIds: readonly number[] | undefined,
  at: Date,
  openEvents: OpenEventsAt,
): Promise<ReadonlyMap<number, UnitStateFinding>> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const ids = unitIds ?? (await findUnitIds(db))
  const records = Map.groupBy(await findGatingRecords(db, ids, { from: at, to: at }), ({ unitId }) => unitId)
  const events = await openEvents(ctx, ids, at)
  return forEachUnit(ids, (id) => {
    const assignments = (records.get(id) ?? []).flatMap((record) => asKnownAt(record, at))
    const facts = { assignments, openEvents: events.get(id) ?? [] }
    return unitState(facts, { now: at, zone: ctx.zone })
  })
}

const LONGEST_TURN_MS = 10

/** Lets the event loop turn in between: a department has thousands of assignments. */
async function forEachUnit<Found>(
  ids: readonly number[],
  find: (id: number) => Found,
): Promise<ReadonlyMap<number, Found>> {
  const found = new Map<number, Found>()
  let turnBegan = performance.now()
  for (const id of ids) {
    found.set(id, find(id))
    if (performance.now() - turnBegan < LONGEST_TURN_MS) continue
    await nextTurn()
    turnBegan = performance.now()
  }
  return found
}

export type DayState = { readonly day: CalendarDay; readonly state: UnitState }

/** The state of each unit at the end of each of the last days, today as it is now; oldest first. */
export async function unitStateStrips(
  ctx: Context,
  { unitIds, days = 30 }: { readonly unitIds?: readonly number[]; readonly days?: number } = {},
): Promise<ReadonlyMap<number, readonly DayState[]>> {
  requirePermission(ctx, 'machine-qa.access')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const now = ctx.now()
  const today = zoneDay(now, ctx.zone)
  const count = Math.min(Math.max(Math.trunc(days), 1), MOST_DAYS)
  const listed = Array.from({ length: count }, (_, index) => addDays(today, index - count + 1))
  const [first = today] = listed
  const ids = unitIds ?? (await findUnitIds(db))
  const span = { from: startOfDay(first, ctx.zone), to: now }
  const records = Map.groupBy(await findGatingRecords(db, ids, span), ({ unitId }) => unitId)
  const outOfService = await findOutOfService(ctx, ids, span)
  const stateOn = (unitId: number, day: CalendarDay): DayState => {
    const at = day === today ? now : endOfDay(day, ctx.zone)
    const assignments = (records.get(unitId) ?? []).flatMap((record) => asKnownAt(record, at))
    const facts = { assignments, openEvents: outOfService(unitId, at) }
    return { day, state: unitState(facts, { now: at, zone: ctx.zone }).state }
  }
  return forEachUnit(ids, (id) => listed.map((day) => stateOn(id, day)))
}

/** An assignment as it was at an instant of the span of its record; none before it was made or ever performed. */
function asKnownAt(record: GatingRecord, at: Date): GatingAssignment[] {
  const { id, name, frequency, sessions } = record
  const latest = sessions.findLast(({ workCompleted }) => workCompleted <= at) ?? null
  if (latest === null && record.createdAt > at) return []
  const next = sessions.find(({ workCompleted }) => workCompleted > at)
  // the session that came next carries the date that it settled
  return [{ id, name, frequency, latest, dueDate: next ? next.dueBefore : record.dueDate }]
}

/** What machine QA knows of machines: the states of the units that they are. */
export function machineQaStates(openEvents: OpenEventsAt = fromServiceLog): EquipmentStateProvider {
  return {
    name: 'machine-qa',
    statesAt: async (ctx, equipmentIds, at) => {
      const units = await findUnitsOfEquipment(ctx.db, equipmentIds)
      const states = await findStates(
        ctx,
        units.map(({ id }) => id),
        at,
        openEvents,
      )
      return units.flatMap(({ id, equipmentId, name }) => {
        const found = states.get(id)
        if (!found) return []
        const reasons = found.reasons.map(({ state, text }) => ({ state, text: `${name}, ${text}` }))
        return [{ equipmentId, state: found.state, reasons }]
      })
    },
  }
}
