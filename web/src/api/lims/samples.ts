import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  WireEntered,
  WireFoundCode,
  WireLimsOverview,
  WireMoved,
  WireNewSample,
  WireRegistered,
  WireRegistrationPlan,
  WireResultEntry,
  WireSample,
  WireSampleList,
  WireSampleRow,
} from '../../../../src/dialects/native/lims/samples.schema.ts'
import { type Query, request } from '../client.ts'
import type { HistoryItem, Page } from '../records.ts'

const SAMPLES = '/lims/samples'

export const overviewQuery = queryOptions({
  queryKey: ['lims', 'overview'],
  queryFn: ({ signal }) => request<WireLimsOverview>('/lims/overview', { signal }),
})

/** A page of samples; `query` as lists write it. */
export function readSamples(query: Query, signal: AbortSignal): Promise<Page<WireSampleRow>> {
  return request<WireSampleList>(SAMPLES, { query: sampleQuery(query), signal })
}

/** Conditions of a list's filters as the list of samples takes them: several values by commas, a period as two days. */
export function sampleQuery(query: Query): Query {
  const asked: Record<string, Query[string]> = {}
  for (const [name, value] of Object.entries(query)) asked[PERIOD[name] ?? name.replace(/:in$/, '')] = value
  return asked
}

const PERIOD: Readonly<Record<string, string>> = { 'day:gte': 'from', 'day:lte': 'to' }

export function samplesQuery(query: Query) {
  return queryOptions({
    queryKey: ['lims', 'samples', query],
    queryFn: ({ signal }) => request<WireSampleList>(SAMPLES, { query, signal }),
  })
}

export function sampleByIdQuery(id: string) {
  return queryOptions({
    queryKey: ['lims', 'sample', id],
    queryFn: ({ signal }) => request<WireSample>(`${SAMPLES}/${id}`, { signal }),
  })
}

export function sampleHistoryQuery(id: number) {
  return queryOptions({
    queryKey: ['lims', 'sample', String(id), 'history'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly HistoryItem[] }>(`/lims/requests/${id}/history`, { signal }),
  })
}

export function planQuery(sample: WireNewSample) {
  return queryOptions({
    queryKey: ['lims', 'plan', sample],
    queryFn: ({ signal }) =>
      request<WireRegistrationPlan>(`${SAMPLES}/plan`, { method: 'POST', body: { sample }, signal }),
    retry: false,
    staleTime: 60_000,
  })
}

export async function findByCode(code: string): Promise<WireFoundCode> {
  const { found } = await request<{ readonly found: WireFoundCode }>('/lims/find', { query: { code } })
  return found
}

/** What moves by a move: the part of its record's name behind `lims.` */
export interface Moved {
  readonly record: 'request' | 'sample' | 'analysis' | 'worksheet'
  readonly id: number
}

export interface Move {
  readonly objects: readonly Moved[]
  readonly action: string
  readonly reason?: string
}

/** Everything that was read of the laboratory may be another after a move. */
function useForget(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['lims'] })
    await client.invalidateQueries({ queryKey: ['list'] })
  }
}

/** Moves all objects or none. */
export function useMove() {
  const forget = useForget()
  return useMutation({
    mutationFn: (move: Move) => request<WireMoved>('/lims/transitions', { method: 'POST', body: move }),
    onSettled: forget,
  })
}

export function useRegister() {
  const forget = useForget()
  return useMutation({
    mutationFn: (samples: readonly WireNewSample[]) =>
      request<WireRegistered>(SAMPLES, { method: 'POST', body: { samples } }),
    onSuccess: forget,
  })
}

/** Stores results. @throws ApiError `conflict` where somebody else changed one meanwhile; then none is stored */
export function enterResults(entries: readonly WireResultEntry[]): Promise<WireEntered> {
  return request<WireEntered>('/lims/results', { method: 'POST', body: { entries } })
}
