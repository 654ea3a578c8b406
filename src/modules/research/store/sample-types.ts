import type { Database } from '../../../platform/database/database.ts'
import type { ResearchTables } from './tables.ts'

export async function hasPublishedVersion(db: Database, sampleTypeId: number): Promise<boolean> {
  const row = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample_type_version')
    .select('id')
    .where('sample_type_id', '=', sampleTypeId)
    .where('status', '=', 'published')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many living samples each version of a type describes. */
export async function countSamplesByVersion(
  db: Database,
  sampleTypeId: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample')
    .select(({ fn }) => ['type_version_id', fn.countAll<number>().as('count')])
    .where('sample_type_id', '=', sampleTypeId)
    .where('binned_at', 'is', null)
    .groupBy('type_version_id')
    .execute()
  return new Map(rows.map((row) => [row.type_version_id, row.count]))
}

/** Living samples of a type that another version than the given one describes, in order. */
export async function samplesNotOfVersion(
  db: Database,
  {
    sampleTypeId,
    versionId,
    after,
    limit,
  }: {
    readonly sampleTypeId: number
    readonly versionId: number
    readonly after: number
    readonly limit: number
  },
): Promise<readonly number[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample')
    .select('id')
    .where('sample_type_id', '=', sampleTypeId)
    .where('type_version_id', '<>', versionId)
    .where('id', '>', after)
    .where('binned_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
