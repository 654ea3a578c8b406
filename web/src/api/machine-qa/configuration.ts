import { queryOptions } from '@tanstack/react-query'
import type {
  WireArrangement,
  WireAssignmentCopy,
  WireCopiedAssignments,
  WireCopiedReferences,
  WireReferenceCopy,
  WireReferenceHistory,
  WireReferenceSettings,
} from '../../../../src/dialects/native/machine-qa/configuration.schema.ts'
import { type Query, request } from '../client.ts'
import type { Page, RecordRow } from '../records.ts'

/** Rows of one kind of record of machine QA, read through the generic interface. */
export function qaRecordsQuery(path: string, query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'records', path, query],
    queryFn: ({ signal }) => request<Page<RecordRow>>(`/machine-qa/${path}`, { query, signal }),
  })
}

export function qaRecordQuery(path: string, id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'record', path, id],
    queryFn: ({ signal }) => request<RecordRow>(`/machine-qa/${path}/${id}`, { signal }),
  })
}

export function referenceHistoryQuery(unitTestInfoId: number) {
  return queryOptions({
    queryKey: ['machine-qa', 'reference-history', unitTestInfoId],
    queryFn: ({ signal }) =>
      request<WireReferenceHistory>(`/machine-qa/unit-test-infos/${unitTestInfoId}/references`, { signal }),
  })
}

export function setReferences(body: WireReferenceSettings): Promise<{ readonly changed: number }> {
  return request('/machine-qa/references/set', { method: 'POST', body })
}

export function copyReferences(body: WireReferenceCopy): Promise<WireCopiedReferences> {
  return request('/machine-qa/references/copy', { method: 'POST', body })
}

export function copyAssignments(body: WireAssignmentCopy): Promise<WireCopiedAssignments> {
  return request('/machine-qa/assignments/copy', { method: 'POST', body })
}

/** @throws ApiError `conflict` when the list is no longer in the version that was read */
export function arrangeTestList(id: number, body: WireArrangement): Promise<{ readonly version: number }> {
  return request(`/machine-qa/test-lists/${id}/arrangement`, { method: 'POST', body })
}
