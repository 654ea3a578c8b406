import type { Database } from '../../../platform/database/database.ts'
import type { JobTables } from './tables.ts'

export type JobRun = {
  readonly kind: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly outcome: 'done' | 'failed' | null
  readonly problem: string | null
}

export async function insertRun(db: Database, kind: string, startedAt: Date): Promise<number> {
  const row = await db
    .withTables<JobTables>()
    .insertInto('jobs_run')
    .values({ kind, started_at: startedAt, finished_at: null, outcome: null, problem: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function finishRun(
  db: Database,
  id: number,
  finishedAt: Date,
  outcome: 'done' | 'failed',
  problem: string | null,
): Promise<void> {
  await db
    .withTables<JobTables>()
    .updateTable('jobs_run')
    .set({ finished_at: finishedAt, outcome, problem })
    .where('id', '=', id)
    .execute()
}

/** The latest runs of every kind, newest first. */
export async function findLatestRuns(db: Database, perKind: number): Promise<JobRun[]> {
  const rows = await db
    .withTables<JobTables>()
    .selectFrom((runs) =>
      runs
        .selectFrom('jobs_run')
        .selectAll()
        .select((run) =>
          run.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('kind').orderBy('id', 'desc'))
            .as('recency'),
        )
        .as('ranked'),
    )
    .selectAll()
    .where('recency', '<=', perKind)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    kind: row.kind,
    startedAt: new Date(row.started_at),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
    outcome: row.outcome,
    problem: row.problem,
  }))
}

export async function deleteRunsBefore(db: Database, before: Date): Promise<void> {
  await db.withTables<JobTables>().deleteFrom('jobs_run').where('started_at', '<', before).execute()
}
