import { compare } from '../../../core/query.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import { inTurns } from '../turns.ts'
import { ATTACHMENTS } from './attachment-resources.ts'
import { presentRows } from './present-rows.ts'
import type { Presenting } from './wire-resource.ts'

/** Ids that one statement asks for. */
const IDS_AT_ONCE = 5000

/** Attachments as objects, by the session or result that they belong to, oldest first. */
export async function attachmentsBy(
  presenting: Presenting,
  owner: 'session' | 'result',
  ids: readonly number[],
): Promise<ReadonlyMap<number, unknown[]>> {
  if (ids.length === 0) return new Map()
  const { ctx } = presenting
  const order = [{ path: ['id'], direction: 'asc' as const }]
  const rows = await inTurns(ids, IDS_AT_ONCE, async (part) => {
    const where = compare(owner, 'in', part)
    const query = { where, order, limit: 100_000, offset: 0 }
    return (await listRecords(ctx, ctx.catalogue.get('machine-qa.attachment'), query, { total: 'none' })).rows
  })
  const presented = await presentRows(presenting, ATTACHMENTS, rows, 'list')
  const byOwner = new Map<number, unknown[]>()
  for (const [index, row] of rows.entries()) {
    const id = Number(row[owner])
    byOwner.set(id, [...(byOwner.get(id) ?? []), presented[index]])
  }
  return byOwner
}
