import { type Context, requirePermission } from '../../context.ts'
import { findUnitCards, type UnitCard } from './store/unit-cards.ts'

/** Units of one type at one site, by number. */
export type UnitGroup = {
  readonly site: UnitCard['site']
  readonly type: UnitCard['type']
  readonly units: readonly UnitCard[]
}

/** The units in use by site and type, with how much of the caller's work is due; units without a site come last. */
export async function unitsOverview(ctx: Context): Promise<readonly UnitGroup[]> {
  requirePermission(ctx, 'machine-qa.access')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const cards = await findUnitCards(db, { actor: ctx.actor, now: ctx.now(), zone: ctx.zone })
  const groups = Map.groupBy(cards, ({ site, type }) => `${site?.id ?? ''}/${type.id}`)
  return [...groups.values()].flatMap(groupOf).toSorted(bySite)
}

function groupOf(units: readonly UnitCard[]): UnitGroup[] {
  const [first] = units
  return first ? [{ site: first.site, type: first.type, units }] : []
}

function bySite(left: UnitGroup, right: UnitGroup): number {
  if (left.site === null || right.site === null) {
    return Number(left.site === null) - Number(right.site === null) || byName(left.type, right.type)
  }
  return byName(left.site, right.site) || byName(left.type, right.type)
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name.localeCompare(right.name, 'en')
}
