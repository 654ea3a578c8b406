import type { RawBuilder } from 'kysely'
import type { Context } from '../../context.ts'
import { requirePermission } from '../../context.ts'
import { all, type Condition, compare, type Query } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import type { Database } from '../../platform/database/database.ts'
import { compileQuery } from '../../platform/records/compile-query.ts'
import { type AnyRow, decodeRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from './attach-references.ts'
import { planAccess } from './plan-access.ts'
import { readRowById } from './read-by-id.ts'

export type RecordPage = {
  readonly rows: readonly AnyRow[]
  /** `null` when it was not asked for */
  readonly total: number | null
}

/**
 * One page of a record's rows within the actor's scope, with the ids of their to-many relations: one statement for
 * the page, one for the exact total when it is asked for, and one for each relation.
 */
export async function listRecords(
  ctx: Context,
  record: RecordType,
  query: Query,
  options: { readonly total?: 'exact' | 'none'; readonly relations?: 'all' | 'none' } = {},
): Promise<RecordPage> {
  requirePermission(ctx, record.permissions.view)
  const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
  // inside a transaction a reader would not see what the transaction wrote
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const where = scoped(ctx, record, query.where)
  const access = await planAccess(db, settings, record, { ...query, where })
  const { page, total } = compileQuery({ ...settings, access }, record, { ...query, where })
  const [found, counted] = await Promise.all([
    execute(db, page),
    options.total === 'none' ? undefined : execute(db, total),
  ])
  const rows = found.map((columns) => decodeRow(record, columns))
  return {
    rows: options.relations === 'none' ? rows : await attachReferences(db, record, rows),
    total: counted ? (counted[0]?.total ?? 0) : null,
  }
}

/** The caller's condition within what the actor may know of. */
export function scoped(ctx: Context, record: RecordType, where: Condition): Condition {
  return record.scope ? all(record.scope(ctx.actor), where) : where
}

async function execute<T>(db: Database, statement: RawBuilder<T>): Promise<readonly T[]> {
  return (await statement.execute(db)).rows
}

/**
 * Rows by id, in the order of the ids; ids outside the actor's scope, or outside what the caller asks for, are left
 * out.
 */
export async function findRecords(
  ctx: Context,
  record: RecordType,
  ids: readonly number[],
  within?: Condition,
): Promise<readonly AnyRow[]> {
  const [first] = ids
  if (first === undefined) return []
  if (ids.length === 1 && !record.scope && !within) {
    const columns = await readRowById(ctx.db, record, first)
    return columns ? [decodeRow(record, columns)] : []
  }
  const asked = compare('id', 'in', ids)
  const where = scoped(ctx, record, within ? all(asked, within) : asked)
  const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
  const { page } = compileQuery(settings, record, { where, order: [], limit: ids.length, offset: 0 })
  const byId = new Map(
    (await execute(ctx.db, page)).map((columns) => [columns.id, decodeRow(record, columns)]),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
