import { type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { equals, related } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { listRecords } from '../records/list-records.ts'
import { batch } from './records/batch.ts'
import { referenceSample } from './records/reference-sample.ts'
import { request } from './records/request.ts'
import { worksheet } from './records/worksheet.ts'

export type FoundCode = {
  readonly kind: 'sample' | 'worksheet' | 'reference-sample' | 'batch'
  readonly id: number
  readonly objectId: string
}

/** What a scanned or typed code means: the identifier of a request, a sample, a partition, a worksheet … */
export async function findByCode(ctx: Context, code: string): Promise<FoundCode | null> {
  requirePermission(ctx, 'lims.access')
  // labels carry the address of the record, or its identifier alone
  const id = code
    .trim()
    .replace(/^.*\//, '')
    .replace(/-P\d+$/, '')
  if (id === '' || id.length > 100) return null
  const asked = [
    ['sample', request, equals('objectId', id)],
    ['sample', request, related('sample', equals('objectId', id))],
    ['worksheet', worksheet, equals('objectId', id)],
    ['reference-sample', referenceSample, equals('objectId', id)],
    ['batch', batch, equals('objectId', id)],
  ] as const
  for (const [kind, record, where] of asked) {
    const found = hasPermission(ctx.actor, record.permissions.view)
      ? await first(ctx, record, where)
      : undefined
    if (found) return { kind, id: found.id, objectId: String(found.objectId) }
  }
  return null
}

async function first(ctx: Context, record: RecordType, where: ReturnType<typeof equals>) {
  const order = [{ path: ['id'], direction: 'asc' }] as const
  const { rows } = await listRecords(
    ctx,
    record,
    { where, order, limit: 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows[0]
}
