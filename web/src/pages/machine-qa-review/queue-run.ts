import { queryOptions } from '@tanstack/react-query'
import type { WireQueueItem } from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import type { Query } from '../../api/client.ts'
import { readReviewQueue } from '../../api/machine-qa/program.ts'
import { type SearchText, stringifySearchText } from '../../ui/search-text.ts'

const MOST_IN_A_RUN = 500
export const RUN_KEY = ['review-run'] as const

/** The filters of the queue, which a run of reviews keeps in its addresses. */
const KEPT = ['show', 'order', 'unit', 'unit:in', 'list', 'list:in', 'q'] as const

export function queueFilters(search: SearchText): Query {
  return Object.fromEntries(KEPT.map((name) => [name, search[name]]))
}

/**
 * The queue as it was when the run began: reviewing one session does not move the others, so that next and previous
 * stay what they were. Opening the queue begins a new run.
 */
export function reviewRunQuery(search: SearchText) {
  const query = { ...queueFilters(search), own: 'reviewable', limit: MOST_IN_A_RUN }
  return queryOptions({
    queryKey: [...RUN_KEY, query],
    queryFn: ({ signal }) => readReviewQueue(query, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}

/** Page of a session within a run. */
export function reviewPath(id: number, search: SearchText): string {
  return `/machine-qa/review/${id}${stringifySearchText({ ...queueFilters(search) })}`
}

export function queuePath(search: SearchText): string {
  return `/machine-qa/review${stringifySearchText({ ...queueFilters(search) })}`
}

export interface RunPlace {
  readonly previous: WireQueueItem | undefined
  readonly next: WireQueueItem | undefined
  /** from 1; 0 for a session that the run does not hold */
  readonly position: number
  readonly count: number
}

/** Where a session stands in a run; from one that is not part of it, next is the first. */
export function placeInRun(items: readonly WireQueueItem[], id: number): RunPlace {
  const index = items.findIndex((item) => item.id === id)
  return {
    previous: index > 0 ? items[index - 1] : undefined,
    next: items[index + 1],
    position: index + 1,
    count: items.length,
  }
}
