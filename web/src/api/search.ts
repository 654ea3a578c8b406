import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export interface SearchHit {
  /** Heading under which it is listed: `Unit`, `Sample`. */
  readonly kind: string
  readonly label: string
  readonly hint?: string
  readonly path: string
}

/** What the server finds for a text; shorter than two letters is not worth a question. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly SearchHit[] }>('/search', { query: { q: text }, signal }),
    staleTime: 30_000,
  })
}
