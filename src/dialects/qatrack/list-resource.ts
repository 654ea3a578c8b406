import { asSystem, type Context } from '../../context.ts'
import { all, type Order, parseOrder } from '../../core/query.ts'
import { isStored, queryFields, type RecordType } from '../../core/record.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { NOT_FOUND, WireError } from './errors.ts'
import { listAddress, pageLinks, parsePage } from './pagination.ts'
import { parseFilters } from './parse-filters.ts'
import { presentRows } from './present-rows.ts'
import { fieldNameOf, type Presenting, type WireResource } from './wire-resource.ts'

/** `GET` of a list: `count`, `next`, `previous`, `results`. */
export async function listResource(
  presenting: Presenting,
  resources: ReadonlyMap<string, WireResource>,
  resource: WireResource,
  parameters: URLSearchParams,
): Promise<Record<string, unknown>> {
  const ctx = readingContext(presenting.ctx, resource)
  const record = ctx.catalogue.get(resource.record)
  const where = await parseFilters(ctx, resources, resource, parameters)
  const page = parsePage(parameters, resource.pageSize)
  const query = {
    where: all(where, ...withinOf(resource, record)),
    order: orderOf(record, resource, parameters),
    ...page,
  }
  const { rows, total } = await listRecords(ctx, record, query)
  const count = total ?? 0
  const { root, qa } = presenting.links
  return {
    count,
    ...pageLinks(listAddress(root, resource.path, qa), parameters, page, count),
    results: await presentRows(presenting, resource, rows, 'list'),
  }
}

/** `GET` of one object. */
export async function getResource(
  presenting: Presenting,
  resource: WireResource,
  id: string,
): Promise<Record<string, unknown>> {
  const ctx = readingContext(presenting.ctx, resource)
  const record = ctx.catalogue.get(resource.record)
  const { rows } = await listRecords(
    ctx,
    record,
    {
      where: all(
        { kind: 'compare', field: 'id', lookup: 'exact', value: idOf(id) },
        ...withinOf(resource, record),
      ),
      order: [],
      limit: 1,
      offset: 0,
    },
    { total: 'none' },
  )
  const [shown] = await presentRows(presenting, resource, rows, 'detail')
  if (!shown) throw new WireError(404, NOT_FOUND)
  return shown
}

function idOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WireError(404, NOT_FOUND)
  return Number(text)
}

/** Users and groups are shown to whoever belongs to machine QA, though only administrators manage them. */
function readingContext(ctx: Context, { path }: WireResource): Context {
  return path.startsWith('auth/') ? asSystem(ctx, 'qatrack') : ctx
}

function withinOf({ within }: WireResource, { retirable }: RecordType) {
  const living = retirable
    ? [{ kind: 'compare' as const, field: 'retiredAt', lookup: 'isnull' as const, value: true }]
    : []
  return within ? [within, ...living] : living
}

/** `ordering=f1,-f2` over the fields that the list shows; names that are not offered are dropped. */
function orderOf(record: RecordType, resource: WireResource, parameters: URLSearchParams): readonly Order[] {
  const wanted = (parameters.getAll('ordering').at(-1) ?? '').split(',').map((word) => word.trim())
  const offered = new Set(resource.ordering ?? resource.fields)
  const fields = queryFields(record)
  const order = wanted.flatMap((word): Order[] => {
    const descending = word.startsWith('-')
    const name = descending ? word.slice(1) : word
    const behind = name === 'is_superuser' ? 'isAdministrator' : fieldNameOf(name)
    const field = Object.hasOwn(fields, behind) ? fields[behind] : undefined
    if (!offered.has(name) || !field || !isStored(field)) return []
    return [{ path: [behind], direction: descending ? 'desc' : 'asc' }]
  })
  return order.length > 0 ? order.slice(0, 8) : (resource.order ?? record.order).map(parseOrder)
}
