import { queryOptions } from '@tanstack/react-query'
import type {
  InfoCheck,
  JsonDocument,
  NewRunAnswer,
  NewRunBody,
  NewSampleBody,
  NextSampleId,
  ProvenanceGraph,
  ResearchChoices,
  SampleChangeBody,
  SampleDetails,
  SampleSearchAnswer,
  SearchFields,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { API_ROOT, type Query, request, withQuery } from '../client.ts'
import type { HistoryItem } from '../records.ts'

const ROOT = '/research'

/** What forms choose from; it changes with the configuration, hence rarely. */
export const choicesQuery = queryOptions({
  queryKey: ['research', 'choices'],
  queryFn: ({ signal }) => request<ResearchChoices>(`${ROOT}/choices`, { signal }),
  staleTime: 60_000,
})

export const searchFieldsQuery = queryOptions({
  queryKey: ['research', 'search-fields'],
  queryFn: ({ signal }) => request<SearchFields>(`${ROOT}/samples/search-fields`, { signal }),
  staleTime: 60_000,
})

/** @throws ApiError `invalid-input` where the search cannot be read */
export function searchSamples(query: Query, signal?: AbortSignal): Promise<SampleSearchAnswer> {
  return request<SampleSearchAnswer>(`${ROOT}/samples/search`, { query, ...(signal ? { signal } : {}) })
}

export function sampleQuery(id: string) {
  return queryOptions({
    queryKey: ['research', 'sample', id],
    queryFn: ({ signal }) => request<SampleDetails>(`${ROOT}/samples/${id}/details`, { signal }),
  })
}

export function readSampleById(sampleId: string, signal?: AbortSignal): Promise<SampleDetails> {
  return request<SampleDetails>(`${ROOT}/samples/by-id/${encodeURIComponent(sampleId)}`, {
    ...(signal ? { signal } : {}),
  })
}

export function sampleHistoryQuery(id: number) {
  return queryOptions({
    queryKey: ['research', 'sample', String(id), 'history'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly HistoryItem[] }>(`${ROOT}/samples/${id}/history`, { signal }),
  })
}

export async function nextSampleId(institute: number, method: number | null): Promise<string> {
  const query = { institute, method: method ?? undefined }
  return (await request<NextSampleId>(`${ROOT}/samples/next-id`, { query })).sampleId
}

export type InfoType = { readonly sampleTypeId: number } | { readonly typeVersionId: number }

/** What the server's validator says about an info; nothing is stored. */
export function checkInfo(of: InfoType, info: JsonDocument, signal?: AbortSignal): Promise<InfoCheck> {
  const body = { ...of, info }
  return request<InfoCheck>(`${ROOT}/samples/validate`, {
    method: 'POST',
    body,
    ...(signal ? { signal } : {}),
  })
}

export function registerSample(body: NewSampleBody): Promise<SampleDetails> {
  return request<SampleDetails>(`${ROOT}/samples`, { method: 'POST', body })
}

/** @throws ApiError `conflict` when the sample is no longer in the version that was read */
export function changeSample(id: number, body: SampleChangeBody): Promise<SampleDetails> {
  return request<SampleDetails>(`${ROOT}/samples/${id}`, { method: 'PATCH', body })
}

export function binSample(id: number): Promise<void> {
  return request<void>(`${ROOT}/samples/${id}`, { method: 'DELETE' })
}

/** Splits, pools or derives. */
export function makeRun(body: NewRunBody): Promise<NewRunAnswer> {
  return request<NewRunAnswer>(`${ROOT}/runs`, { method: 'POST', body })
}

export function provenanceQuery(id: number, direction: string, depth: number) {
  return queryOptions({
    queryKey: ['research', 'sample', String(id), 'provenance', direction, depth],
    queryFn: ({ signal }) =>
      request<ProvenanceGraph>(`${ROOT}/samples/${id}/provenance`, { query: { direction, depth }, signal }),
  })
}

/** @param ids all that the search finds when absent */
export function exportAddress(
  format: 'csv' | 'xlsx' | 'eln',
  of: { q?: string; ids?: readonly number[] },
): string {
  return withQuery(`${API_ROOT}${ROOT}/samples/export`, { format, q: of.q, ids: of.ids?.join(',') })
}

/** A PDF of labels, one for each sample. */
export function labelsAddress(ids: readonly number[]): string {
  return withQuery(`${API_ROOT}${ROOT}/samples/labels`, { ids: ids.join(',') })
}
