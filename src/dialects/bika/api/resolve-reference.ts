import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { all, type Condition, equals } from '../../../core/query.ts'
import { userRecord } from '../../../modules/access/records/user.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { Surroundings } from '../surroundings.ts'
import { indexCondition, typeCondition } from '../types/indexes.ts'
import type { WireType } from '../types/wire-types.ts'
import { parseReferenceQuery, type ReferenceQuery } from '../wire/reference-query.ts'
import { WireError } from '../wire-error.ts'

/** Objects that one reference may name. */
const MOST_HITS = 1000

/**
 * Ids of the rows that a reference names, by id of object. Without `portal_type` any object that fits the field.
 *
 * @param target record that the field refers to
 * @throws WireError where nothing is found, or an index is unknown
 * @see specification 1.5
 */
export async function resolveReference(
  ctx: Context,
  around: Surroundings,
  field: string,
  target: string,
  text: string,
): Promise<readonly number[]> {
  const refuse = () => new WireError(`Can't resolve reference: ${field}`)
  if (target === 'access.user') return resolveUser(ctx, text, refuse)
  const query = parseReferenceQuery(text)
  const types = query.get('portal_type')
  const candidates = around.types
    .ofRecord(target)
    .filter(({ type }) => types === undefined || types.includes(type.type))
  for (const wire of candidates) {
    if (!hasPermission(ctx.actor, wire.record.permissions.view)) continue
    const ids = await hitsOf(ctx, around, wire, query, refuse)
    if (ids.length > 0) return ids
  }
  throw refuse()
}

async function hitsOf(
  ctx: Context,
  around: Surroundings,
  wire: WireType,
  query: ReferenceQuery,
  refuse: () => WireError,
): Promise<readonly number[]> {
  const settings = { zone: ctx.zone, catalog: wire.catalogs[0] ?? 'portal_catalog', site: around.site }
  const conditions: Condition[] = [typeCondition(wire)]
  for (const [index, values] of query) {
    const name = index === 'uid' ? 'UID' : index
    const condition = indexCondition(wire, name, values, settings)
    if (!condition) throw refuse()
    conditions.push(condition)
  }
  const order = [{ path: ['objectId'], direction: 'asc' }] as const
  const { rows } = await listRecords(
    ctx,
    wire.record,
    { where: all(...conditions), order, limit: MOST_HITS, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  // what is in use comes first
  return [...rows.filter(({ retiredAt }) => !retiredAt), ...rows.filter(({ retiredAt }) => retiredAt)].map(
    ({ id }) => id,
  )
}

async function resolveUser(ctx: Context, text: string, refuse: () => WireError): Promise<readonly number[]> {
  const { rows } = await listRecords(
    ctx,
    userRecord,
    { where: equals('username', text), order: [], limit: 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  if (rows.length === 0) throw refuse()
  return rows.map(({ id }) => id)
}
