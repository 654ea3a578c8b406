import { asSystem, type Context } from '../../../context.ts'
import { type Condition, equals, parseOrder } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { getRecord } from '../../records/get-record.ts'
import { listRecords } from '../../records/list-records.ts'
import type { Attachment } from '../domain/attachment.ts'
import { part } from '../records/part.ts'
import { partStorage } from '../records/part-storage.ts'
import { partSupplier } from '../records/part-supplier.ts'
import { partUsed } from '../records/part-used.ts'
import { stockMovement } from '../records/stock-movement.ts'
import { findAttachmentsOf } from '../store/attachments.ts'

export type PartDetails = {
  readonly part: AnyRow
  readonly places: readonly AnyRow[]
  readonly suppliers: readonly AnyRow[]
  readonly movements: readonly AnyRow[]
  readonly uses: readonly AnyRow[]
  readonly attachments: readonly Attachment[]
}

const MOST = 200

/** A part with where it is kept, who sells it, and what became of it; the newest first. */
export async function getPartDetails(ctx: Context, id: number): Promise<PartDetails> {
  const found = await getRecord(ctx, part, id)
  const system = asSystem(ctx, 'parts')
  const rows = async (record: RecordType, where: Condition, order?: string) => {
    const query = { where, order: order ? [parseOrder(order)] : [], limit: MOST, offset: 0 }
    return (await listRecords(system, record, query, { total: 'none' })).rows
  }
  const own = equals('part', id)
  const [places, suppliers, movements, uses, attachments] = await Promise.all([
    rows(partStorage, own),
    rows(partSupplier, own),
    rows(stockMovement, own, '-id'),
    rows(partUsed, own, '-id'),
    findAttachmentsOf(ctx.db, 'part', [id]),
  ])
  return { part: found, places, suppliers, movements, uses, attachments }
}
