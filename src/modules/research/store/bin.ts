import { sql } from 'kysely'
import { type Actor, hasPermission } from '../../../core/actor.ts'
import type { Database } from '../../../platform/database/database.ts'

type BinTable = 'research_sample' | 'research_experiment'

export async function moveToBin(
  db: Database,
  table: BinTable,
  id: number,
  at: Date,
  by: number | null,
): Promise<void> {
  await sql`update ${sql.table(table)} set binned_at = ${at}, binned_by_id = ${by}, version = version + 1
    where id = ${id} and binned_at is null`.execute(db)
}

export async function takeFromBin(db: Database, table: BinTable, id: number): Promise<void> {
  await sql`update ${sql.table(table)} set binned_at = null, binned_by_id = null, version = version + 1
    where id = ${id}`.execute(db)
}

export type BinnedThing = {
  readonly kind: 'sample' | 'experiment'
  readonly id: number
  /** sample id, or name of the experiment */
  readonly title: string
  readonly name: string
  readonly binnedAt: Date
  readonly binnedById: number | null
}

/** The newest things in the bin; those of confidential projects only for whoever may know of them. */
export async function findBinned(db: Database, actor: Actor, limit: number): Promise<BinnedThing[]> {
  const visible = hasPermission(actor, 'research.confidential.view')
    ? sql`1 = 1`
    : sql`project_id in (select id from research_project p where not p.confidential or p.id in (
        select project_id from research_project_member where user_id = ${actor.kind === 'user' ? actor.id : 0}))`
  const { rows } = await sql<{
    kind: 'sample' | 'experiment'
    id: number
    title: string
    name: string
    binned_at: string
    binned_by_id: number | null
  }>`select * from (
      select 'sample' as kind, id, sample_id as title, name, binned_at, binned_by_id from research_sample
        where binned_at is not null and ${visible}
      union all
      select 'experiment' as kind, id, name as title, name, binned_at, binned_by_id from research_experiment
        where binned_at is not null and ${visible}
    ) as binned order by binned_at desc, id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    title: row.title,
    name: row.name,
    binnedAt: new Date(row.binned_at),
    binnedById: row.binned_by_id,
  }))
}
