import type { Database } from '../../../platform/database/database.ts'
import type { ResearchTables } from './tables.ts'

export async function findOrigin(
  db: Database,
  source: string,
  kind: string,
  identifier: string,
): Promise<{ readonly sha256: string } | undefined> {
  return db
    .withTables<ResearchTables>()
    .selectFrom('research_origin as o')
    .innerJoin('research_sample as s', 's.id', 'o.sample_id')
    .select('o.sha256')
    .where('o.source', '=', source)
    .where('o.kind', '=', kind)
    .where('o.identifier', '=', identifier)
    .where('s.binned_at', 'is', null)
    .executeTakeFirst()
}

export type NewOrigin = {
  readonly source: string
  readonly kind: string
  readonly identifier: string
  readonly sha256: string
  readonly sampleId: number
  readonly at: Date
}

/** What was imported before under the same identifier is now this. */
export async function insertOrigin(db: Database, origin: NewOrigin): Promise<void> {
  const values = { sha256: origin.sha256, sample_id: origin.sampleId, imported_at: origin.at }
  await db
    .withTables<ResearchTables>()
    .insertInto('research_origin')
    .values({
      source: origin.source,
      kind: origin.kind,
      identifier: origin.identifier,
      experiment_id: null,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['source', 'kind', 'identifier']).doUpdateSet(values))
    .execute()
}
