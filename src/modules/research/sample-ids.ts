import { type Context, requirePermission } from '../../context.ts'
import { equals } from '../../core/query.ts'
import { listRecords } from '../records/list-records.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { sampleIdsOf } from './store/samples.ts'
import { asSample } from './typed-row.ts'

/** A sample by the id that people know, if the actor may know of it. */
export async function findSampleById(ctx: Context, sampleId: string): Promise<Sample | undefined> {
  const { rows } = await listRecords(
    ctx,
    sampleRecord,
    { where: equals('sampleId', sampleId), order: [], limit: 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows[0] && asSample(rows[0])
}

/** Ids that people know, by internal ids. */
export function findSampleIds(ctx: Context, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  requirePermission(ctx, 'research.access')
  return sampleIdsOf(ctx.db, [...new Set(ids)])
}
