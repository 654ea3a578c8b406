import { type Context, inTransaction } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { compare } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { RefusedError } from '../../core/refusal.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { relationsOf, saveReferences } from '../records/attach-references.ts'
import { listRecords } from '../records/list-records.ts'
import { removeRecord } from '../records/retire-record.ts'
import { isBeforeReception } from './domain/workflow/tables.ts'
import type { FoundObject } from './find-object.ts'
import { analysis } from './records/analysis.ts'
import { partition } from './records/partition.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import { worksheet } from './records/worksheet.ts'
import { deleteRows } from './store/living-rows.ts'
import { deleteObject } from './store/objects.ts'

/** Removes an object that nothing refers to; what was received or holds results is cancelled instead. */
export async function removeObject(ctx: Context, { record, row }: FoundObject): Promise<void> {
  if (record.writer === 'generic') return removeRecord(ctx, record, row.id)
  const permission = record === worksheet ? 'lims.worksheet.manage' : 'lims.sample.remove'
  if (!hasPermission(ctx.actor, permission)) throw new RefusedError({ kind: 'not-permitted', permission })
  await inTransaction(ctx, async (tx) => {
    requireUnused(record, row)
    for (const [child, field] of CHILDREN.get(record) ?? []) {
      const { rows } = await listRecords(
        tx,
        child,
        { where: compare(field, 'exact', row.id), order: [], limit: 5000, offset: 0 },
        { total: 'none', relations: 'none' },
      )
      if (record === worksheet && rows.length > 0)
        throw new RefusedError({ kind: 'conflict', reason: 'it is not empty' })
      for (const each of rows) await removeOne(tx, child, each)
    }
    await removeOne(tx, record, row)
  })
}

const CHILDREN: ReadonlyMap<RecordType, readonly (readonly [RecordType, string])[]> = new Map<
  RecordType,
  readonly (readonly [RecordType, string])[]
>([
  [request, [[analysis, 'request']]],
  [sample, [[partition, 'sample']]],
  [worksheet, [[analysis, 'worksheet']]],
])

function requireUnused(record: RecordType, row: AnyRow): void {
  const state = String(row.state)
  const removable =
    record === worksheet ? state === 'open' : isBeforeReception(state) || state === 'unassigned'
  if (!removable) throw new RefusedError({ kind: 'conflict', reason: `it is in state ${state}` })
}

async function removeOne(tx: Context, record: RecordType, row: AnyRow): Promise<void> {
  requireUnused(record, row)
  for (const [, through] of relationsOf(record)) await saveReferences(tx.db, through, row.id, [])
  try {
    await deleteRows(tx.db, record.table, [row.id])
  } catch (error) {
    if (constraintViolation(error)?.kind !== 'foreign-key') throw error
    throw new RefusedError({ kind: 'conflict', reason: 'other objects refer to it' })
  }
  await deleteObject(tx.db, String(row.uid))
  await recordAudit(tx, {
    action: `${record.name}.remove`,
    record: record.name,
    recordId: row.id,
    before: row,
  })
}
