import { type Database, json } from '../../../platform/database/database.ts'
import type { JobTables } from './tables.ts'

export type NewQueuedJob = {
  readonly kind: string
  readonly data: unknown
  readonly key: string | null
  readonly runAt: Date
}
export type QueuedJob = {
  readonly id: number
  readonly kind: string
  readonly data: unknown
  readonly attempts: number
}

/** Adds a job; one whose key is taken by a job that waits is left out. */
export async function insertJob(db: Database, job: NewQueuedJob): Promise<void> {
  await db
    .withTables<JobTables>()
    .insertInto('jobs_queue')
    .values({
      kind: job.kind,
      data: json(job.data),
      key: job.key,
      state: 'waiting',
      run_at: job.runAt,
      problem: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes the job that has waited longest. */
export async function claimJob(db: Database, now: Date): Promise<QueuedJob | undefined> {
  const jobs = db.withTables<JobTables>()
  const row = await jobs
    .updateTable('jobs_queue')
    .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1) }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('jobs_queue')
        .select('id')
        .where('state', '=', 'waiting')
        .where('run_at', '<=', now)
        .orderBy('run_at')
        .orderBy('id')
        .limit(1),
    )
    .returning(['id', 'kind', 'data', 'attempts'])
    .executeTakeFirst()
  return row && { id: row.id, kind: row.kind, data: JSON.parse(row.data), attempts: row.attempts }
}

export async function deleteJob(db: Database, id: number): Promise<void> {
  await db.withTables<JobTables>().deleteFrom('jobs_queue').where('id', '=', id).execute()
}

export async function requeueJob(
  db: Database,
  id: number,
  runAt: Date,
  problem: string | null = null,
): Promise<void> {
  await db
    .withTables<JobTables>()
    .updateTable('jobs_queue')
    .set({ state: 'waiting', run_at: runAt, problem, key: null })
    .where('id', '=', id)
    .execute()
}

export async function saveFailure(db: Database, id: number, problem: string): Promise<void> {
  await db
    .withTables<JobTables>()
    .updateTable('jobs_queue')
    .set({ state: 'failed', problem })
    .where('id', '=', id)
    .execute()
}

/** What a killed process was working on waits again. */
export async function requeueRunning(db: Database): Promise<void> {
  await db
    .withTables<JobTables>()
    .updateTable('jobs_queue')
    .set({ state: 'waiting', key: null })
    .where('state', '=', 'running')
    .execute()
}
