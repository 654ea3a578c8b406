import type { Context } from '../../../context.ts'
import type { UnitStateFinding } from '../domain/unit-state.ts'
import { UNIT_STATES } from '../domain/unit-state.ts'
import type { UnitCard } from '../store/unit-cards.ts'
import { unitStates } from '../unit-state.ts'
import { unitsOverview } from '../units-overview.ts'

/** A unit on the board: whether it is fit for use, and why not. */
export type BoardUnit = Pick<UnitCard, 'id' | 'number' | 'name' | 'site' | 'className' | 'due'> &
  UnitStateFinding

/** The units in use with their states, the worst first. */
export async function unitBoard(
  ctx: Context,
  { siteIds }: { readonly siteIds?: readonly number[] } = {},
): Promise<readonly BoardUnit[]> {
  const [groups, states] = await Promise.all([unitsOverview(ctx), unitStates(ctx)])
  return groups
    .flatMap(({ units }) => units)
    .filter(({ site }) => siteIds === undefined || (site !== null && siteIds.includes(site.id)))
    .map(({ id, number, name, site, className, due }) => ({
      ...{ id, number, name, site, className, due },
      ...(states.get(id) ?? { state: 'unknown' as const, reasons: [] }),
    }))
    .toSorted((a, b) => UNIT_STATES.indexOf(a.state) - UNIT_STATES.indexOf(b.state) || a.number - b.number)
}
