import { queryOptions } from '@tanstack/react-query'
import type {
  WirePreview,
  WireReport,
  WireReportChoice,
  WireReportFormat,
  WireReportKind,
  WireRun,
} from '../../../src/dialects/native/reports/reports.schema.ts'
import { parseApiError } from './api-error.ts'
import { API_ROOT, type Query, request } from './client.ts'
import type { Page } from './records.ts'

export type ReportKind = WireReportKind
export type ReportFilter = WireReportKind['filters'][number]
export type FilterValues = WireReportChoice['filters']
export type ReportPreview = WirePreview
export type ReportChoice = WireReportChoice
export type SavedReport = WireReport
export type ReportRun = WireRun
export type ReportFormat = WireReportFormat

interface Items<T> {
  readonly items: readonly T[]
}

export const reportKindsQuery = queryOptions({
  queryKey: ['reports', 'kinds'],
  queryFn: ({ signal }) => request<Items<ReportKind>>('/reports/kinds', { signal }),
  staleTime: 300_000,
})

export const savedReportsQuery = queryOptions({
  queryKey: ['reports', 'saved'],
  queryFn: ({ signal }) => request<Items<SavedReport>>('/reports', { signal }),
})

export function savedReportQuery(id: string) {
  return queryOptions({
    queryKey: ['reports', 'saved', id],
    queryFn: ({ signal }) => request<SavedReport>(`/reports/${id}`, { signal }),
  })
}

export function reportRunsQuery(id: number) {
  return queryOptions({
    queryKey: ['reports', 'runs', id],
    queryFn: ({ signal }) => request<Items<ReportRun>>(`/reports/${id}/runs`, { signal }),
  })
}

export function previewQuery(kind: string, filters: FilterValues) {
  return queryOptions({
    queryKey: ['reports', 'preview', kind, filters],
    queryFn: ({ signal }) =>
      request<ReportPreview>('/reports/preview', { method: 'POST', body: { kind, filters }, signal }),
    retry: false,
  })
}

export function saveReport(choice: ReportChoice): Promise<SavedReport> {
  return request<SavedReport>('/reports', { method: 'POST', body: choice })
}

export function changeReport(id: number, version: number, choice: ReportChoice): Promise<SavedReport> {
  return request<SavedReport>(`/reports/${id}`, { method: 'PATCH', body: { version, ...choice } })
}

export function removeReport(id: number): Promise<void> {
  return request<undefined>(`/reports/${id}`, { method: 'DELETE' })
}

/** The report as a file. @throws ApiError */
export async function reportFile(
  choice: Omit<ReportChoice, 'visibility' | 'visibleTo' | 'schedule'>,
): Promise<Blob> {
  const response = await fetch(`${API_ROOT}/reports/file`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(choice),
  })
  if (!response.ok) throw parseApiError(response.status, await response.json())
  return response.blob()
}

/** An issued document as lists show it. */
export interface DocumentRow {
  readonly id: number
  readonly kind: string
  readonly kindTitle: string
  readonly canBeIssued: boolean
  readonly number: string
  readonly label: string
  readonly revision: number
  readonly title: string
  readonly subject: { readonly record: string; readonly id: string } | null
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly issuedAt: string
  readonly issuedBy: { readonly id: number | null; readonly label: string }
  readonly supersedesId: number | null
  readonly supersededById: number | null
  readonly href: string
}

export function readDocuments(query: Query, signal?: AbortSignal): Promise<Page<DocumentRow>> {
  return request<Page<DocumentRow>>('/documents', { query, ...(signal ? { signal } : {}) })
}

export const documentKindsQuery = queryOptions({
  queryKey: ['documents', 'kinds'],
  queryFn: ({ signal }) =>
    request<Items<{ readonly kind: string; readonly title: string }>>('/documents/kinds', { signal }),
  staleTime: 300_000,
})

export function issueDocument(body: {
  readonly kind: string
  readonly subjectId: string
  readonly supersedesId?: number
}): Promise<DocumentRow> {
  return request<DocumentRow>('/documents', { method: 'POST', body })
}
