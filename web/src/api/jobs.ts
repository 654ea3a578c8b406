import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export interface JobRun {
  readonly startedAt: string
  readonly finishedAt: string | null
  /** Null while it runs, or when the server stopped during it. */
  readonly outcome: 'done' | 'failed' | null
  readonly problem: string | null
}

/** A declared background job with its latest runs, newest first. */
export interface JobOverview {
  readonly kind: string
  readonly title: string
  /** Cron expression, `every 5 s`, or `on demand`. */
  readonly schedule: string
  readonly lastRuns: readonly JobRun[]
}

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => request<{ readonly items: readonly JobOverview[] }>('/jobs', { signal }),
  refetchInterval: 30_000,
})
