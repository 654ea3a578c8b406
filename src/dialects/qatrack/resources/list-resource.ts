import { asSystem, type Context } from '../../../context.ts'
import { all, type Order, parseOrder } from '../../../core/query.ts'
import { isStored, queryFields, type RecordType } from '../../../core/record.ts'
import { findRecord } from '../../../modules/records/get-record.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import { inTurns } from '../turns.ts'
import { parsePage, presentPage } from '../wire/pagination.ts'
import { parseFilters } from './parse-filters.ts'
import { presentRows } from './present-rows.ts'
import { rowIdOf } from './row-id.ts'
import { resourceOf } from './targets.ts'
import { fieldNameOf, type Presenting, type WireResource } from './wire-resource.ts'

/** Rows that are presented without letting others have their turn; a session brings its results along. */
const ROWS_AT_ONCE = 50

/**
 * `GET` of a list: `count`, `next`, `previous`, `results`.
 *
 * @param most results on a page, whatever `limit` says
 */
export async function listResource(
  presenting: Presenting,
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
  parameters: URLSearchParams,
  most?: number,
): Promise<Record<string, unknown>> {
  const ctx = readingContext(presenting.ctx, resource)
  const record = ctx.catalogue.get(resource.record)
  const where = await parseFilters(ctx, resources, resource, parameters)
  const page = parsePage(parameters, resource.pageSize, most)
  const query = {
    where: all(where, ...withinOf(resource, record)),
    order: orderOf(record, resources, resource, parameters, ctx.catalogue),
    ...page,
  }
  const { rows, total } = await listRecords(ctx, record, query)
  const results = await inTurns(rows, ROWS_AT_ONCE, (part) => presentRows(presenting, resource, part, 'list'))
  return presentPage(presenting.links, resource.path, parameters, page, { count: total ?? 0, results })
}

/** `GET` of one object; what was taken out of use is in no list, but old results still lead to it. */
export async function getResource(
  presenting: Presenting,
  resource: WireResource,
  id: string,
): Promise<Record<string, unknown>> {
  const ctx = readingContext(presenting.ctx, resource)
  const record = ctx.catalogue.get(resource.record)
  const row = await findRecord(ctx, record, rowIdOf(id), resource.within)
  const [shown] = row ? await presentRows(presenting, resource, [row], 'detail') : []
  if (!shown) throw new WireError(404, NOT_FOUND)
  return shown
}

/**
 * Whoever belongs to machine QA may read everything here, as documented, though our own pages show users and groups to
 * administrators only, and service log, parts and faults to whoever may see them.
 */
export function readingContext(ctx: Context, { path }: Pick<WireResource, 'path'>): Context {
  return /^(auth|servicelog|parts|faults)\//.test(path) ? asSystem(ctx, 'qatrack') : ctx
}

function withinOf({ within }: WireResource, { retirable }: RecordType) {
  const living = retirable
    ? [{ kind: 'compare' as const, field: 'retiredAt', lookup: 'isnull' as const, value: true }]
    : []
  return within ? [within, ...living] : living
}

/** `ordering=f1,-f2` over the fields that the list shows; names that are not offered are dropped. */
function orderOf(
  record: RecordType,
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
  parameters: URLSearchParams,
  catalogue: Catalogue,
): readonly Order[] {
  const wanted = (parameters.getAll('ordering').at(-1) ?? '').split(',').map((word) => word.trim())
  const offered = new Set(resource.ordering ?? resource.fields)
  const fields = queryFields(record)
  const order = wanted.slice(0, MOST_ORDERS).flatMap((word): readonly Order[] => {
    const descending = word.startsWith('-')
    const name = descending ? word.slice(1) : word
    const behind = name === 'is_superuser' ? 'isAdministrator' : fieldNameOf(name)
    const field = Object.hasOwn(fields, behind) ? fields[behind] : undefined
    if (!offered.has(name) || !field || !isStored(field)) return []
    const own = { path: [behind], direction: descending ? ('desc' as const) : ('asc' as const) }
    return field.kind === 'reference'
      ? throughReference(own, defaultOrder(catalogue.get(field.target ?? ''), resources, field.target ?? ''))
      : [own]
  })
  return order.length > 0 ? order : (resource.order ?? record.order).map(parseOrder)
}

const MOST_ORDERS = 8

/** References sort as the objects they lead to sort by default. */
function throughReference({ path, direction }: Order, target: readonly Order[]): readonly Order[] {
  return target.map((order) => ({
    path: order.path[0] === 'id' ? path : [...path, ...order.path],
    direction: order.direction === direction ? 'asc' : 'desc',
  }))
}

function defaultOrder(
  record: RecordType,
  resources: ReadonlyMap<string, WireResource>,
  name: string,
): readonly Order[] {
  const shown = resources.get(resourceOf(name))
  return (shown?.order ?? record.order).map(parseOrder)
}
