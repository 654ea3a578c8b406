import { createIssue, suggestIssues, trackerOptions } from '../../modules/quality/issue-tracker.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import type { Endpoint } from './endpoint.ts'

/** What the issue tracker of a report offers, and new issues in it. */
export function issueEndpoints(quality: Quality): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/report/<report_uuid>/issue_tracker/options',
      description: 'What can be chosen for new issues of a report.',
      needs: 'session',
      handle: async ({ ctx, part }) => {
        const { projects, issueTypes, fields, epics } = await trackerOptions(
          ctx,
          quality,
          part('report_uuid'),
        )
        return { ok: true, projects, issue_types: issueTypes, fields, epic_links: epics }
      },
    },
    {
      method: 'GET',
      path: '/report/<report_uuid>/issue_tracker/suggestions/<query>',
      description: 'Issues whose summary is like a text.',
      needs: 'session',
      handle: async ({ ctx, part }) => ({
        ok: true,
        suggestions: await suggestIssues(ctx, quality, {
          reportId: part('report_uuid'),
          text: part('query'),
        }),
      }),
    },
    {
      method: 'POST',
      path: '/metric/<metric_uuid>/issue/new',
      description: 'Make an issue about a metric.',
      needs: 'session',
      handle: async ({ ctx, part, body }) => {
        const { metric_url } = body()
        const metricUrl = typeof metric_url === 'string' ? metric_url.slice(0, 2000) : ''
        const made = await createIssue(ctx, quality, { metricId: part('metric_uuid'), metricUrl })
        return 'problem' in made ? { ok: false, error: made.problem } : { ok: true, issue_url: made.url }
      },
    },
  ]
}
