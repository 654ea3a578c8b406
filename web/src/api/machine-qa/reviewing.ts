import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../client.ts'
import type { Page } from '../records.ts'
import { reviewSessions } from './program.ts'

/** What reviewers say of results. */
export interface ReviewStatus {
  readonly id: number
  readonly name: string
  readonly requiresReview: boolean
  readonly valid: boolean
  readonly retiredAt: string | null
}

export const reviewStatusesQuery = queryOptions({
  queryKey: ['machine-qa', 'review-statuses'],
  queryFn: async ({ signal }) => {
    const query = { limit: 100, order: 'id' }
    const page = await request<Page<ReviewStatus>>('/machine-qa/statuses', { query, signal })
    return page.items.filter(({ retiredAt }) => retiredAt === null)
  },
  staleTime: 60_000,
})

/** The statuses that settle a review, the one that says yes first. */
export function decisionsOf<Status extends Pick<ReviewStatus, 'requiresReview' | 'valid'>>(
  statuses: readonly Status[],
): readonly Status[] {
  return statuses
    .filter(({ requiresReview }) => !requiresReview)
    .toSorted((one, other) => Number(other.valid) - Number(one.valid))
}

export interface BulkReview {
  readonly sessions: readonly { readonly id: number; readonly version: number }[]
  readonly statusId: number
}

/** Reviews many sessions at once, all or none, and forgets what was read of them before. */
export function useBulkReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ sessions, statusId }: BulkReview) => reviewSessions(sessions, statusId),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      await client.invalidateQueries({ queryKey: ['list'] })
      await client.invalidateQueries({ queryKey: ['for-you'] })
    },
  })
}
