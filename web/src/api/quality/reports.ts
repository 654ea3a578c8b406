import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { WireCatalogue } from '../../../../src/dialects/native/quality/catalogue.schema.ts'
import type {
  WireChanges,
  WireDeletions,
  WireMetricEntities,
  WireOverview,
  WireReport,
  WireTrend,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import { request } from '../client.ts'

const QUALITY = '/quality'

/** Beginning of the key of everything that was read of quality reports. */
export const QUALITY_KEY = ['quality'] as const

/** What reports are built from; the same until the next release. */
export const catalogueQuery = queryOptions({
  queryKey: ['quality-catalogue'],
  queryFn: ({ signal }) => request<WireCatalogue>(`${QUALITY}/catalogue`, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** @param at a day to travel to, `YYYY-MM-DD` */
export function overviewQuery(at?: string) {
  return queryOptions({
    queryKey: [...QUALITY_KEY, 'overview', at ?? 'now'],
    queryFn: ({ signal }) => request<WireOverview>(`${QUALITY}/overview`, { query: { at }, signal }),
    placeholderData: keepPreviousData,
  })
}

/** @param at a day to travel to, `YYYY-MM-DD` */
export function reportQuery(id: string, at?: string) {
  return queryOptions({
    queryKey: [...QUALITY_KEY, 'report', id, at ?? 'now'],
    queryFn: ({ signal }) => request<WireReport>(`${QUALITY}/reports/${id}`, { query: { at }, signal }),
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
  })
}

/** @param to end of what is shown, as an instant; now when absent */
export function trendQuery(metricId: string, to?: string) {
  return queryOptions({
    queryKey: [...QUALITY_KEY, 'trend', metricId, to ?? 'now'],
    queryFn: ({ signal }) =>
      request<WireTrend>(`${QUALITY}/metrics/${metricId}/trend`, { query: { to }, signal }),
  })
}

export function entitiesQuery(metricId: string) {
  return queryOptions({
    queryKey: [...QUALITY_KEY, 'entities', metricId],
    queryFn: ({ signal }) =>
      request<WireMetricEntities>(`${QUALITY}/metrics/${metricId}/entities`, { signal }),
  })
}

export function readChanges(itemId: string, before: number | undefined, signal: AbortSignal) {
  return request<WireChanges>(`${QUALITY}/items/${itemId}/changes`, {
    query: { limit: 20, before },
    signal,
  })
}

export function deletionsQuery(reportId: string) {
  return queryOptions({
    queryKey: [...QUALITY_KEY, 'deletions', reportId],
    queryFn: ({ signal }) => request<WireDeletions>(`${QUALITY}/reports/${reportId}/deletions`, { signal }),
  })
}
