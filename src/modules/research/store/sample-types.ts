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
