import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  WireAssignmentCopyPreview,
  WireBoard,
  WireProgram,
  WireProgramCalendar,
  WireProgramDay,
  WireProgramMonths,
  WireReferenceCopyPreview,
  WireReferencePreview,
  WireReviewQueue,
} from '../../../../src/dialects/native/machine-qa/program.schema.ts'
import { type Query, request } from '../client.ts'

export function readReviewQueue(query: Query, signal?: AbortSignal): Promise<WireReviewQueue> {
  return request<WireReviewQueue>('/machine-qa/review-queue', { query, ...(signal ? { signal } : {}) })
}

export function reviewQueueQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'review-queue', query],
    queryFn: ({ signal }) => readReviewQueue(query, signal),
  })
}

/** All or none; a session that somebody changed meanwhile is refused as a conflict. */
export function reviewSessions(
  sessions: readonly { readonly id: number; readonly version: number }[],
  statusId: number,
): Promise<{ readonly reviewed: readonly number[] }> {
  return request('/machine-qa/sessions/review', {
    method: 'POST',
    body: {
      sessions: Object.fromEntries(sessions.map(({ id }) => [id, statusId])),
      versions: Object.fromEntries(sessions.map(({ id, version }) => [id, version])),
    },
  })
}

export function programQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'program', query],
    queryFn: ({ signal }) => request<WireProgram>('/machine-qa/program', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function programMonthsQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'program-months', query],
    queryFn: ({ signal }) => request<WireProgramMonths>('/machine-qa/program/months', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function programCalendarQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'program-calendar', query],
    queryFn: ({ signal }) => request<WireProgramCalendar>('/machine-qa/program/calendar', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function programDayQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'program-day', query],
    queryFn: ({ signal }) => request<WireProgramDay>('/machine-qa/program/day', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

const BOARD_INTERVAL_MS = 30_000

/** The board keeps what it shows while it reads again, and when a reading fails. */
export function boardQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'board', query],
    queryFn: ({ signal }) => request<WireBoard>('/machine-qa/board', { query, signal }),
    refetchInterval: BOARD_INTERVAL_MS,
    refetchIntervalInBackground: true,
    placeholderData: keepPreviousData,
  })
}

export interface WantedPreview {
  readonly unitTestInfoId: number
  readonly value?: number | null
  readonly toleranceId?: number | null
  /** ISO 8601 */
  readonly from?: string
  readonly limit?: number
  readonly offset?: number
}

export function referencePreviewQuery(body: WantedPreview) {
  return queryOptions({
    queryKey: ['machine-qa', 'reference-preview', body],
    queryFn: ({ signal }) =>
      request<WireReferencePreview>('/machine-qa/references/preview', { method: 'POST', body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export function referenceCopyPreviewQuery(body: { readonly fromUnitId: number; readonly toUnitId: number }) {
  return queryOptions({
    queryKey: ['machine-qa', 'reference-copy-preview', body],
    queryFn: ({ signal }) =>
      request<WireReferenceCopyPreview>('/machine-qa/references/copy/preview', {
        method: 'POST',
        body,
        signal,
      }),
  })
}

export function assignmentCopyPreviewQuery(body: {
  readonly assignmentIds: readonly number[]
  readonly unitIds: readonly number[]
}) {
  return queryOptions({
    queryKey: ['machine-qa', 'assignment-copy-preview', body],
    queryFn: ({ signal }) =>
      request<WireAssignmentCopyPreview>('/machine-qa/assignments/copy/preview', {
        method: 'POST',
        body,
        signal,
      }),
  })
}
