import { sql } from 'kysely'
import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { columnOf, type RecordType } from '../../core/record.ts'
import { RefusedError } from '../../core/refusal.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { relationsOf, saveReferences } from './attach-references.ts'
import { loadRecord } from './get-record.ts'
import { changedMeanwhile, refusingConstraints, stampsFor } from './save-record.ts'

/** Takes a row out of use, or back into it; what refers to it keeps doing so. */
export async function retireRecord(
  ctx: Context,
  record: RecordType,
  id: number,
  move: 'retire' | 'restore',
  reason?: string,
): Promise<AnyRow> {
  requirePermission(ctx, record.permissions.retire)
  if (!record.retirable)
    throw new RefusedError({ kind: 'conflict', reason: `${record.label.many} cannot be retired.` })
  return inTransaction(ctx, async (tx) => {
    const before = await loadRecord(tx, record, id)
    if ((before.retiredAt !== null) === (move === 'retire')) return before
    const columns = {
      retired_at: move === 'retire' ? tx.now() : null,
      ...stampsFor(tx, record, 'change'),
      version: before.version + 1,
    }
    const sets = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
    // bringing it back may meet another one that took its name meanwhile
    const { numAffectedRows } = await refusingConstraints(record, () =>
      sql`update ${sql.table(record.table)} set ${sql.join(sets)} where id = ${id} and version = ${before.version}`.execute(
        tx.db,
      ),
    )
    if (numAffectedRows !== 1n) throw changedMeanwhile(record, await loadRecord(tx, record, id))
    const after = await loadRecord(tx, record, id)
    await tx.recordHooks.get(record.name)?.afterSave?.(tx, after, before)
    await recordAudit(tx, {
      action: `${record.name}.${move}`,
      record: record.name,
      recordId: id,
      before,
      after,
      reason,
    })
    return after
  })
}

/**
 * Deletes a row that nothing refers to; one that is in use is refused and can be retired instead.
 *
 * @throws RefusedError `conflict` naming the first record that refers to it
 */
export async function removeRecord(
  ctx: Context,
  record: RecordType,
  id: number,
  reason?: string,
): Promise<void> {
  requirePermission(ctx, record.permissions.retire)
  await inTransaction(ctx, async (tx) => {
    const before = await loadRecord(tx, record, id)
    await refuseIfReferenced(tx, record, before)
    for (const [, through] of relationsOf(record)) await saveReferences(tx.db, through, id, [])
    try {
      await sql`delete from ${sql.table(record.table)} where id = ${id}`.execute(tx.db)
    } catch (error) {
      // tables without a record of their own refer to it
      if (constraintViolation(error)?.kind !== 'foreign-key') throw error
      throw new RefusedError({
        kind: 'conflict',
        reason: `This ${record.label.one.toLowerCase()} is in use and cannot be deleted.`,
      })
    }
    await tx.recordHooks.get(record.name)?.afterSave?.(tx, undefined, before)
    await recordAudit(tx, {
      action: `${record.name}.remove`,
      record: record.name,
      recordId: id,
      before,
      reason,
    })
  })
}

async function refuseIfReferenced(tx: Context, record: RecordType, row: AnyRow): Promise<void> {
  for (const { record: other, field } of tx.catalogue.referring(record.name)) {
    const declared = other.fields[field]
    if (declared?.kind !== 'reference') continue
    const column = columnOf(field, declared)
    const { rows } = await sql<{
      id: number
    }>`select id from ${sql.table(other.table)} where ${sql.ref(column)} = ${row.id}
      ${other === record ? sql`and id <> ${row.id}` : sql``} limit 1`.execute(tx.db)
    if (rows.length > 0) {
      const title = row[record.titleField] ?? row.id
      throw new RefusedError({
        kind: 'conflict',
        reason: `${record.label.one} ${title} is referenced by ${other.label.many.toLowerCase()} (${rows[0]?.id}).`,
      })
    }
  }
}
