import type { Context } from '../../context.ts'
import { requirePermission } from '../../context.ts'
import type { Condition } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from './attach-references.ts'
import { findRecords } from './list-records.ts'

/** One row with its to-many relations. @throws RefusedError `not-found` also for what is outside the actor's scope */
export async function getRecord(ctx: Context, record: RecordType, id: number): Promise<AnyRow> {
  requirePermission(ctx, record.permissions.view)
  return loadRecord(ctx, record, id)
}

/** As {@link getRecord}, for callers to whom a missing row is no failure, and who may show only some of the rows. */
export async function findRecord(
  ctx: Context,
  record: RecordType,
  id: number,
  within?: Condition,
): Promise<AnyRow | undefined> {
  requirePermission(ctx, record.permissions.view)
  const [row] = await attachReferences(ctx.db, record, await findRecords(ctx, record, [id], within))
  return row
}

/** As {@link getRecord}, for verbs that asked for a permission of their own. */
export async function loadRecord(ctx: Context, record: RecordType, id: number): Promise<AnyRow> {
  const [row] = await attachReferences(ctx.db, record, await findRecords(ctx, record, [id]))
  if (!row) throw new RefusedError({ kind: 'not-found', what: record.label.one.toLowerCase(), id })
  return row
}
