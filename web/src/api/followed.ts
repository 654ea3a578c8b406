import { queryOptions } from '@tanstack/react-query'
import type { StatusToken } from '../theme/tokens.ts'
import { ApiError } from './api-error.ts'
import { request } from './client.ts'

/** A unit, sample or report the signed-in user follows, with its state on each of the last thirty days. */
export interface FollowedThing {
  readonly kind: string
  readonly label: string
  readonly path: string
  readonly token: StatusToken
  /** The state in the words of its field. */
  readonly word: string
  /** Instant since when it is in this state, ISO 8601. */
  readonly since?: string
  /** Oldest first. */
  readonly days: readonly { readonly day: string; readonly token: StatusToken }[]
}

async function readFollowed(signal: AbortSignal): Promise<readonly FollowedThing[]> {
  try {
    const answer = await request<{ readonly items: readonly FollowedThing[] }>('/followed', { signal })
    return answer.items
  } catch (error) {
    // A server without any part that can be followed has no such list.
    if (error instanceof ApiError && error.status === 404) return []
    throw error
  }
}

export const followedQuery = queryOptions({
  queryKey: ['followed'],
  queryFn: ({ signal }) => readFollowed(signal),
  refetchInterval: 5 * 60_000,
})
