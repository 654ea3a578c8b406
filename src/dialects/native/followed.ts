import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import type { UnitState } from '../../modules/machine-qa/domain/unit-state.ts'
import { unitStateStrips, unitStates } from '../../modules/machine-qa/unit-state.ts'
import { unitsOverview } from '../../modules/machine-qa/units-overview.ts'
import { getPreference } from '../../modules/workspace/preferences.ts'

/** Preference that holds the ids of the units a person follows, in the order in which they are shown. */
const FOLLOWED_UNITS = 'followed-units'
const STRIP_DAYS = 30
const MOST_CHOSEN = 30
/** What fits beside the work of somebody who chose nothing. */
const MOST_BY_DEFAULT = 8

type Token = 'ok' | 'warn' | 'act' | 'todo' | 'late' | 'unknown'

const SHOWN: Readonly<Record<UnitState, { readonly token: Token; readonly word: string }>> = {
  'out-of-service': { token: 'act', word: 'Out of service' },
  failed: { token: 'act', word: 'Failed' },
  overdue: { token: 'late', word: 'Overdue' },
  tolerance: { token: 'warn', word: 'Tolerance' },
  unreviewed: { token: 'todo', word: 'Unreviewed' },
  unknown: { token: 'unknown', word: 'Unknown' },
  ok: { token: 'ok', word: 'In order' },
}

/** `/api/v1/followed`: what the acting user follows, with its state on each of the last thirty days. */
export function followedRoutes(app: FastifyInstance): void {
  app.get('/api/v1/followed', async ({ ctx }) => ({ items: await followedUnits(ctx) }))
}

async function followedUnits(ctx: Context) {
  const chosen = await chosenIds(ctx)
  if (!hasPermission(ctx.actor, 'machine-qa.access')) return []
  const units = await unitsToShow(ctx, chosen)
  const unitIds = units.map(({ id }) => id)
  if (unitIds.length === 0) return []
  const [states, strips] = await Promise.all([
    unitStates(ctx, { unitIds }),
    unitStateStrips(ctx, { unitIds, days: STRIP_DAYS }),
  ])
  return units.map(({ id, name }) => ({
    kind: 'Unit',
    label: name,
    path: `/app/machine-qa/units/${id}`,
    ...SHOWN[states.get(id)?.state ?? 'unknown'],
    days: (strips.get(id) ?? []).map(({ day, state }) => ({ day, token: SHOWN[state].token })),
  }))
}

/** The units that the person chose and that are still in use; else those with work that the person's groups see. */
async function unitsToShow(ctx: Context, chosen: readonly number[] | undefined) {
  const units = (await unitsOverview(ctx)).flatMap((group) => group.units)
  if (chosen === undefined) {
    const withWork = units.filter(({ due }) => Object.values(due).some((count) => count > 0))
    return withWork.slice(0, MOST_BY_DEFAULT)
  }
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  return chosen.flatMap((id) => byId.get(id) ?? [])
}

/**
 * Undefined where nothing was chosen. The preference is free JSON of the web application: others' shapes are none.
 *
 * @throws RefusedError `not-authenticated` for whoever is no user
 */
async function chosenIds(ctx: Context): Promise<readonly number[] | undefined> {
  const value = await getPreference(ctx, FOLLOWED_UNITS)
  if (!Array.isArray(value)) return undefined
  const ids = value.filter((id): id is number => Number.isSafeInteger(id))
  return [...new Set(ids)].slice(0, MOST_CHOSEN)
}
