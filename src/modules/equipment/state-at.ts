import { type Context, requirePermission } from '../../context.ts'
import { toDay, zoneDay } from '../../core/calendar.ts'
import { RefusedError } from '../../core/refusal.ts'
import { findRecords } from '../records/list-records.ts'
import { type EquipmentFinding, serviceFinding, worstFinding } from './domain/equipment-state.ts'
import { equipment } from './records/equipment.ts'

/** Something that knows whether equipment is fit for use: its QA, its calibrations, its certificates. */
export type EquipmentStateProvider = {
  readonly name: string
  /** Findings about those of the equipment that it knows; several about one are allowed. */
  readonly statesAt: (
    ctx: Context,
    equipmentIds: readonly number[],
    at: Date,
  ) => Promise<readonly (EquipmentFinding & { readonly equipmentId: number })[]>
}

/** Tells whether equipment was, or is, fit for use. */
export type EquipmentStates = {
  /** @throws RefusedError `not-found` */
  stateAt(ctx: Context, id: number, at: Date): Promise<EquipmentFinding>
  /** Equipment that does not exist is left out. */
  statesAt(ctx: Context, ids: readonly number[], at: Date): Promise<ReadonlyMap<number, EquipmentFinding>>
}

/** Asks all providers and gives the worst that any of them says, with reasons; `app.ts` knows the providers. */
export function equipmentStates(providers: readonly EquipmentStateProvider[]): EquipmentStates {
  async function statesAt(
    ctx: Context,
    ids: readonly number[],
    at: Date,
  ): Promise<ReadonlyMap<number, EquipmentFinding>> {
    requirePermission(ctx, equipment.permissions.view)
    const known = await findRecords(ctx, equipment, [...new Set(ids)])
    const knownIds = known.map(({ id }) => id)
    const findings = await Promise.all(providers.map((provider) => provider.statesAt(ctx, knownIds, at)))
    const byEquipment = Map.groupBy(findings.flat(), ({ equipmentId }) => equipmentId)
    const day = zoneDay(at, ctx.zone)
    return new Map(
      known.map(({ id, inServiceFrom, inServiceTo }) => {
        const service = serviceFinding({ from: dayOf(inServiceFrom), to: dayOf(inServiceTo) }, day)
        return [id, worstFinding([...(service ? [service] : []), ...(byEquipment.get(id) ?? [])])]
      }),
    )
  }

  return {
    statesAt,
    stateAt: async (ctx, id, at) => {
      const state = (await statesAt(ctx, [id], at)).get(id)
      if (!state) throw new RefusedError({ kind: 'not-found', what: 'equipment', id })
      return state
    },
  }
}

function dayOf(value: unknown) {
  return typeof value === 'string' ? toDay(value) : null
}
