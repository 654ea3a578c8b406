import { EVERYTHING } from '../../../core/query.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { ExtraFields } from './wire-resource.ts'

type Place = { readonly lft: number; readonly rght: number; readonly tree_id: number; readonly level: number }

/** Nested-set numbers of the tree of categories, siblings in order of name; they follow from the parents. */
export const categoryExtras: ExtraFields = async ({ ctx }) => {
  const order = [{ path: ['name'], direction: 'asc' as const }]
  const { rows } = await listRecords(
    ctx,
    ctx.catalogue.get('machine-qa.category'),
    { where: EVERYTHING, order, limit: 100_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return nestedSet(rows)
}

/** Numbers every category in a walk through the tree: left on entering, right on leaving. */
export function nestedSet(categories: readonly AnyRow[]): ReadonlyMap<number, Place> {
  const children = Map.groupBy(categories, (category) => Number(category.parent ?? 0))
  const places = new Map<number, Place>()

  function walk(id: number, tree: number, level: number, left: number): number {
    let counter = left
    for (const child of children.get(id) ?? []) counter = walk(child.id, tree, level + 1, counter + 1)
    places.set(id, { lft: left, rght: counter + 1, tree_id: tree, level })
    return counter + 1
  }

  for (const [index, root] of (children.get(0) ?? []).entries()) walk(root.id, index + 1, 0, 1)
  return places
}
