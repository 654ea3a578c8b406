import { queryOptions } from '@tanstack/react-query'
import { type Query, request } from './client.ts'
import type { RecordMeta } from './record-meta.ts'

/** A row of another record, as shown: its id and its title. */
export interface Reference {
  readonly id: number
  readonly label: string
}

/** A record of any kind. Fields are read through its `RecordMeta`. */
export interface RecordRow {
  readonly id: number
  readonly version: number
  readonly [field: string]: unknown
}

/** One page of a list; `total` is null where counting would cost too much. */
export interface Page<Row> {
  readonly items: readonly Row[]
  readonly total: number | null
  readonly limit: number
  readonly offset: number
}

export interface HistoryChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export interface HistoryItem {
  readonly at: string
  readonly actor: { readonly id: number | null; readonly label: string } | null
  readonly action: string
  readonly reason?: string | null
  readonly changes: readonly HistoryChange[]
}

export function recordQuery(meta: RecordMeta, id: string) {
  return queryOptions({
    queryKey: ['record', meta.name, id],
    queryFn: ({ signal }) => request<RecordRow>(`${meta.path}/${id}`, { signal }),
  })
}

export function historyQuery(meta: RecordMeta, id: string) {
  return queryOptions({
    queryKey: ['record', meta.name, id, 'history'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly HistoryItem[] }>(`${meta.path}/${id}/history`, { signal }),
  })
}

export function readRecords(meta: RecordMeta, query: Query, signal?: AbortSignal): Promise<Page<RecordRow>> {
  return request<Page<RecordRow>>(meta.path, { query, ...(signal ? { signal } : {}) })
}

export function addRecord(meta: RecordMeta, body: Readonly<Record<string, unknown>>): Promise<RecordRow> {
  return request<RecordRow>(meta.path, { method: 'POST', body })
}

/** @throws ApiError `conflict` when the record is no longer in `version` */
export function changeRecord(
  meta: RecordMeta,
  id: number,
  version: number,
  changes: Readonly<Record<string, unknown>>,
): Promise<RecordRow> {
  return request<RecordRow>(`${meta.path}/${id}`, { method: 'PATCH', body: { ...changes, version } })
}

export function retireRecord(
  meta: RecordMeta,
  id: number,
  move: 'retire' | 'restore',
  reason: string,
): Promise<RecordRow> {
  return request<RecordRow>(`${meta.path}/${id}/${move}`, {
    method: 'POST',
    body: reason === '' ? {} : { reason },
  })
}
