import { queryOptions } from '@tanstack/react-query'
import type {
  WireSessionDetails,
  WireTestHistory,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { type Query, request } from '../client.ts'
import type { HistoryItem, Page, Reference } from '../records.ts'

export const SESSIONS_PATH = '/api/v1/machine-qa/sessions'

/** A session as lists show it. */
export interface SessionRow {
  readonly id: number
  readonly version: number
  readonly unitTestCollection: Reference | null
  readonly testList: Reference | null
  readonly day: number
  readonly workStarted: string
  readonly workCompleted: string
  readonly dueDate: string | null
  readonly inProgress: boolean
  readonly flagged: boolean
  readonly allReviewed: boolean
  readonly reviewed: string | null
  readonly reviewedBy: Reference | null
  readonly voidedAt: string | null
  readonly createdBy?: Reference | null
}

export function readSessions(query: Query, signal?: AbortSignal): Promise<Page<SessionRow>> {
  return request<Page<SessionRow>>(SESSIONS_PATH, {
    query,
    ...(signal ? { signal } : {}),
  })
}

export function sessionDetailsQuery(id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'session', id],
    queryFn: ({ signal }) => request<WireSessionDetails>(`${SESSIONS_PATH}/${id}/details`, { signal }),
  })
}

export function sessionHistoryQuery(id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'session', id, 'history'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly HistoryItem[] }>(`${SESSIONS_PATH}/${id}/history`, { signal }),
  })
}

/** One status for all results, or one by the id of each result. */
export function reviewSession(
  id: number,
  review: { readonly version: number } & (
    | { readonly statusId: number }
    | { readonly statuses: Readonly<Record<string, number>> }
  ),
): Promise<{ readonly id: number; readonly version: number }> {
  return request(`${SESSIONS_PATH}/${id}/review`, { method: 'POST', body: review })
}

export function voidSession(id: number, reason: string): Promise<{ readonly id: number }> {
  return request(`${SESSIONS_PATH}/${id}/void`, { method: 'POST', body: { reason } })
}

export function commentSession(id: number, text: string): Promise<{ readonly id: number }> {
  return request(`${SESSIONS_PATH}/${id}/comments`, { method: 'POST', body: { text } })
}

export function testHistoryQuery(unitTestInfoId: number) {
  return queryOptions({
    queryKey: ['machine-qa', 'test-history', unitTestInfoId],
    queryFn: ({ signal }) =>
      request<WireTestHistory>('/machine-qa/test-history', { query: { info: unitTestInfoId }, signal }),
  })
}
