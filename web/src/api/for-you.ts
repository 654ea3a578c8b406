import { queryOptions } from '@tanstack/react-query'
import type { StatusToken } from '../theme/tokens.ts'
import { request } from './client.ts'

/** Something that waits for the signed-in user. */
export interface ForYouItem {
  /** What kind of thing it is, as a module names it: `Test list`, `Sample`, `Failed job`. */
  readonly kind: string
  readonly token: StatusToken
  readonly title: string
  readonly detail?: string
  /** Instant, ISO 8601. */
  readonly dueAt?: string
  /** Page that deals with it. */
  readonly path: string
  /** The verb of the button: `Perform`, `Review`. */
  readonly action?: string
}

export const forYouQuery = queryOptions({
  queryKey: ['for-you'],
  queryFn: ({ signal }) => request<{ readonly items: readonly ForYouItem[] }>('/for-you', { signal }),
  refetchInterval: 60_000,
})
