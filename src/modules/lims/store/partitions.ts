import type { Database } from '../../../platform/database/database.ts'
import type { LimsTables } from './tables.ts'

/** The partitions of a sample, first to last. */
export async function findPartitionIds(db: Database, sampleId: number): Promise<readonly number[]> {
  const rows = await db
    .withTables<LimsTables>()
    .selectFrom('lims_partition')
    .select('id')
    .where('sample_id', '=', sampleId)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
