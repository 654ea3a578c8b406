import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { ResearchTables } from './tables.ts'

/** The living sample with an id, whoever may know of it. */
export async function findLivingSample(db: Database, sampleId: string): Promise<number | undefined> {
  const row = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample')
    .select('id')
    .where('sample_id', '=', sampleId)
    .where('binned_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

/** Internal ids of living samples, by the ids that people know. */
export async function findLivingSamples(
  db: Database,
  sampleIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (sampleIds.length === 0) return new Map()
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample')
    .select(['id', 'sample_id'])
    .where('sample_id', 'in', [...sampleIds])
    .where('binned_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.sample_id, row.id]))
}

/** Ids that people know, by internal ids; of samples in the bin too. */
export async function sampleIdsOf(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample')
    .select(['id', 'sample_id'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.sample_id]))
}

/** The highest ids that codes in sample ids are compared with. */
export async function highestCodes(
  db: Database,
): Promise<{ readonly institute: number; readonly method: number }> {
  const { rows } = await sql<{ institute: number | null; method: number | null }>`
    select (select max(id) from research_institute) as institute, (select max(id) from research_method) as method`.execute(
    db,
  )
  return { institute: rows[0]?.institute ?? 0, method: rows[0]?.method ?? 0 }
}

/** What stands in the way of putting a sample into the bin: living samples that came from it, and experiments. */
export async function countDependents(
  db: Database,
  id: number,
): Promise<{ readonly samples: number; readonly experiments: number }> {
  const { rows } = await sql<{ samples: number; experiments: number }>`select
    (select count(*) from research_sample s where s.binned_at is null and s.id <> ${id} and (s.parent_id = ${id} or s.id in (
      select o.sample_id from research_run_output o join research_run_input i on i.run_id = o.run_id where i.sample_id = ${id}
    ))) as samples,
    (select count(*) from research_experiment e where e.binned_at is null and (e.sample_id = ${id} or e.id in (
      select r.experiment_id from research_run r join research_run_input i on i.run_id = r.id where i.sample_id = ${id}
    ))) as experiments`.execute(db)
  return { samples: rows[0]?.samples ?? 0, experiments: rows[0]?.experiments ?? 0 }
}

export type NewRevision = {
  readonly sampleId: number
  readonly revision: number
  readonly typeVersionId: number
  readonly name: string
  readonly info: string
  readonly reason: string | null
  readonly migrationId: number | null
  readonly at: Date
  readonly byId: number | null
}

export async function insertRevision(db: Database, revision: NewRevision): Promise<void> {
  await db
    .withTables<ResearchTables>()
    .insertInto('research_sample_revision')
    .values({
      sample_id: revision.sampleId,
      revision: revision.revision,
      type_version_id: revision.typeVersionId,
      name: revision.name,
      info: revision.info,
      reason: revision.reason,
      migration_id: revision.migrationId,
      at: revision.at,
      by_id: revision.byId,
    })
    .execute()
}

export type Revision = {
  readonly revision: number
  readonly typeVersionId: number
  readonly name: string
  readonly info: unknown
  readonly reason: string | null
  readonly at: Date
  readonly byId: number | null
}

export async function findRevisions(db: Database, sampleId: number, limit: number): Promise<Revision[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_sample_revision')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    revision: row.revision,
    typeVersionId: row.type_version_id,
    name: row.name,
    info: JSON.parse(row.info),
    reason: row.reason,
    at: new Date(row.at),
    byId: row.by_id,
  }))
}

/** Whether somebody belongs to an institute. */
export async function isMember(db: Database, instituteId: number, userId: number): Promise<boolean> {
  const row = await db
    .withTables<ResearchTables>()
    .selectFrom('research_institute_member')
    .select('institute_id')
    .where('institute_id', '=', instituteId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row !== undefined
}

export async function institutesOf(db: Database, userId: number): Promise<readonly number[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_institute_member')
    .select('institute_id')
    .where('user_id', '=', userId)
    .orderBy('institute_id')
    .execute()
  return rows.map((row) => row.institute_id)
}
