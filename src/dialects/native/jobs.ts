import type { FastifyInstance } from 'fastify'
import { findJobRuns } from '../../modules/jobs/find-job-runs.ts'
import type { Job } from '../../modules/jobs/job.ts'

/** `/api/v1/jobs`: the declared jobs with their latest runs, for administration. */
export function jobRoutes(app: FastifyInstance, jobs: readonly Job[]): void {
  app.get('/api/v1/jobs', async ({ ctx }) => ({ items: await findJobRuns(ctx, jobs) }))
}
