import type { FastifyInstance } from 'fastify'
import { RefusedError } from '../../../core/refusal.ts'
import { createIssue, suggestIssues, trackerOptions } from '../../../modules/quality/issue-tracker.ts'
import type { Quality } from '../../../modules/quality/quality.ts'
import { optionalText } from '../body-fields.ts'
import { objectBody, parametersOf } from '../records.ts'

type WithId = { Params: { id: string } }

/** The issue tracker of a report: what it offers, and new issues in it. */
export function qualityIssueRoutes(app: FastifyInstance, quality: Quality): void {
  app.get<WithId>('/api/v1/quality/reports/:id/issue-tracker/options', (request) =>
    trackerOptions(request.ctx, quality, request.params.id),
  )
  app.get<WithId>('/api/v1/quality/reports/:id/issue-tracker/suggestions', async (request) => {
    const text = parametersOf(request).get('q') ?? ''
    return { items: await suggestIssues(request.ctx, quality, { reportId: request.params.id, text }) }
  })
  app.post<WithId>('/api/v1/quality/metrics/:id/issues', async (request, reply) => {
    const metricUrl = optionalText(objectBody(request), 'metricUrl', 2000) ?? ''
    const made = await createIssue(request.ctx, quality, { metricId: request.params.id, metricUrl })
    if ('problem' in made) {
      throw new RefusedError({ kind: 'upstream-failed', source: 'Issue tracker', reason: made.problem })
    }
    return reply.code(201).send(made)
  })
}
