import { type Context, requirePermission } from '../../../context.ts'
import { all, compare, equals } from '../../../core/query.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { getRecord } from '../../records/get-record.ts'
import { listRecords } from '../../records/list-records.ts'
import type { Attachment } from '../domain/attachment.ts'
import { contact } from '../records/contact.ts'
import { unit } from '../records/unit.ts'
import { unitType } from '../records/unit-type.ts'
import { findAttachmentsOf } from '../store/attachments.ts'

/** Whom to call about a unit, and its documents. */
export type UnitFile = {
  readonly contacts: readonly AnyRow[]
  readonly documents: readonly Attachment[]
}

const MOST = 200

/** The contacts of a unit and of its vendor, and the files that belong to the unit. */
export async function getUnitFile(ctx: Context, unitId: number): Promise<UnitFile> {
  requirePermission(ctx, 'machine-qa.access')
  const { type } = await getRecord(ctx, unit, unitId)
  const { vendor } = await getRecord(ctx, unitType, Number(type))
  const ofVendor = typeof vendor === 'number' ? [equals('vendor', vendor)] : []
  const where = all(compare('retiredAt', 'isnull', true), {
    kind: 'any',
    of: [equals('unit', unitId), ...ofVendor],
  })
  const [{ rows: contacts }, documents] = await Promise.all([
    listRecords(ctx, contact, { where, order: [], limit: MOST, offset: 0 }, { total: 'none' }),
    findAttachmentsOf(ctx.db, 'unit', [unitId]),
  ])
  return { contacts, documents }
}
