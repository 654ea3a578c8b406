import type { Generated } from 'kysely'

export type JobTables = {
  jobs_queue: {
    id: Generated<number>
    kind: string
    data: string
    key: string | null
    state: 'waiting' | 'running' | 'failed'
    run_at: string | Date
    attempts: Generated<number>
    problem: string | null
  }
  jobs_schedule: { kind: string; expression: string; next_run_at: string | Date }
  jobs_run: {
    id: Generated<number>
    kind: string
    started_at: string | Date
    finished_at: string | Date | null
    outcome: 'done' | 'failed' | null
    problem: string | null
  }
}
