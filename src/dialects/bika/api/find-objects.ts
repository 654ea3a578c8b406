import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { all, type Condition, type Order } from '../../../core/query.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Surroundings } from '../surroundings.ts'
import { catalogNamed } from '../types/catalogs.ts'
import { type IndexSettings, indexCondition, indexOrder, typeCondition } from '../types/indexes.ts'
import type { WireType } from '../types/wire-types.ts'
import { type Parameters, textOf, textsOf, type WireValue } from '../wire/parameters.ts'
import { WireError } from '../wire-error.ts'

/** A found object before it is presented. */
export type Found = { readonly wire: WireType; readonly row: AnyRow }

export type CatalogQuery = {
  readonly catalog: string
  readonly wires: readonly WireType[]
  readonly conditions: ReadonlyMap<string, WireValue>
  readonly sortOn: string
  readonly descending: boolean
  /** hits that are taken at all */
  readonly limit: number
}

const OPTIONS = new Set([
  'catalog_name',
  'limit',
  'sort_on',
  'sort_order',
  'sort_limit',
  'include_fields',
  'include_methods',
  'page_nr',
  'page_size',
  'action',
  'reference_values',
  'asxml',
  '_authenticator',
  'form.submitted',
  '__ac_name',
  '__ac_password',
])

const MOST_HITS = 1_000_000

/** Reads the conditions of `read` and `doActionFor`. @throws WireError for an unknown catalog or order */
export function readQuery(around: Surroundings, parameters: Parameters): CatalogQuery {
  const given = textOf(parameters, 'catalog_name')
  const catalog = given === undefined ? 'portal_catalog' : catalogNamed(given)
  if (catalog === undefined) throw new WireError(`bad or missing catalog_name: ${given}`)
  const conditions = new Map(
    [...parameters].filter(([name, value]) => !OPTIONS.has(name) && !isTemplateLeak(name, value)),
  )
  const types = textsOf(conditions.get('portal_type'))
  const wires = wiresFor(around, given === undefined ? undefined : catalog, types)
  const limit = Number.parseInt(textOf(parameters, 'limit') ?? '', 10)
  const sortOn = textOf(parameters, 'sort_on') ?? 'id'
  if (wires.length > 0 && !wires.some((wire) => indexOrder(wire, sortOn) !== undefined))
    throw new WireError(`Unknown sort_on index (${sortOn})`)
  return {
    catalog: given === undefined ? (wires[0]?.catalogs[0] ?? catalog) : catalog,
    wires,
    conditions,
    sortOn,
    descending: /^(reverse|descending|desc)$/i.test(textOf(parameters, 'sort_order') ?? ''),
    limit: limit > 0 ? Math.min(limit, MOST_HITS) : MOST_HITS,
  }
}

function isTemplateLeak(name: string, value: WireValue): boolean {
  return name === 'review_state' && typeof value === 'string' && value.includes('{')
}

/** Without a catalog, types are found wherever they live; with one, only its own. */
function wiresFor(
  { types: known }: Surroundings,
  catalog: string | undefined,
  types: readonly string[],
): readonly WireType[] {
  if (types.length > 0) {
    return [...new Set(types)]
      .flatMap((type) => known.find(type) ?? [])
      .filter((wire) => catalog === undefined || wire.catalogs.includes(catalog))
  }
  return known.all.filter((wire) => wire.catalogs.includes(catalog ?? 'portal_catalog'))
}

/** The condition for one type; undefined where it has none of some index that other types have. */
function conditionFor(wire: WireType, query: CatalogQuery, settings: IndexSettings): Condition | undefined {
  const parts: Condition[] = [typeCondition(wire)]
  for (const [name, value] of query.conditions) {
    const condition = indexCondition(wire, name, value, settings)
    if (condition) parts.push(condition)
    else if (query.wires.some((other) => indexCondition(other, name, value, settings) !== undefined))
      return undefined
  }
  return all(...parts)
}

/** One stretch of what a query finds, in its order, and how much there is in all. */
export async function findFound(
  ctx: Context,
  around: Surroundings,
  query: CatalogQuery,
  page: { readonly offset: number; readonly size: number },
): Promise<{ readonly found: readonly Found[]; readonly total: number }> {
  const settings: IndexSettings = { zone: ctx.zone, catalog: query.catalog, site: around.site }
  const visible = query.wires.filter(({ record }) => hasPermission(ctx.actor, record.permissions.view))
  const reach = Math.min(page.offset + page.size, query.limit)
  const single = visible.length === 1
  const lists = await Promise.all(
    visible.map(async (wire) => {
      const where = conditionFor(wire, query, settings)
      const order = orderFor(wire, query)
      if (!where || !order) return { found: [], total: 0 }
      const offset = single ? page.offset : 0
      const limit = Math.max(reach - offset, 0)
      const { rows, total } = await listRecords(
        ctx,
        wire.record,
        { where, order, limit, offset },
        { total: 'exact' },
      )
      return { found: rows.map((row): Found => ({ wire, row })), total: total ?? 0 }
    }),
  )
  const total = Math.min(
    lists.reduce((sum, list) => sum + list.total, 0),
    query.limit,
  )
  if (single) return { found: lists[0]?.found ?? [], total }
  const merged = lists.flatMap(({ found }) => found).sort((a, b) => compareFound(a, b, query))
  return { found: merged.slice(page.offset, reach), total }
}

function orderFor(wire: WireType, { sortOn, descending }: CatalogQuery): readonly Order[] | undefined {
  const path = indexOrder(wire, sortOn)
  const direction = descending ? 'desc' : 'asc'
  return path && [{ path, direction }]
}

/** Several types are merged by the value that each was sorted by. */
function compareFound(a: Found, b: Found, query: CatalogQuery): number {
  const sign = query.descending ? -1 : 1
  const [left, right] = [a, b].map(({ wire, row }) =>
    sortValue(row[indexOrder(wire, query.sortOn)?.at(-1) ?? 'objectId']),
  )
  if (left === undefined || right === undefined || left === right) return 0
  return left < right ? -sign : sign
}

function sortValue(value: unknown): string | number {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'number' ? value : String(value ?? '')
}
