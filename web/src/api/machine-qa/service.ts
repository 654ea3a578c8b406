import { queryOptions } from '@tanstack/react-query'
import type { WireFault, WireFaultReport } from '../../../../src/dialects/native/machine-qa/fault.schema.ts'
import type {
  WirePart,
  WireServiceChoices,
  WireServiceCounts,
  WireServiceEvent,
  WireServiceForm,
  WireUnitAvailability,
  WireUnitFile,
} from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import { type Query, request } from '../client.ts'
import type { Page, RecordRow } from '../records.ts'

export const SERVICE_EVENTS_PATH = '/api/v1/machine-qa/service-events'
export const FAULTS_PATH = '/api/v1/machine-qa/faults'
export const PARTS_PATH = '/api/v1/machine-qa/parts'

/** Rows of one kind of record, as `useList` reads them. */
export function readRows(path: string) {
  return (query: Query, signal?: AbortSignal): Promise<Page<RecordRow>> =>
    request<Page<RecordRow>>(path, { query, ...(signal ? { signal } : {}) })
}

export function serviceEventQuery(id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'service-event', id],
    queryFn: ({ signal }) =>
      request<WireServiceEvent>(`/machine-qa/service/events/${id}/details`, { signal }),
  })
}

export function serviceChoicesQuery(unitId: number | undefined) {
  return queryOptions({
    queryKey: ['machine-qa', 'service-choices', unitId ?? 0],
    queryFn: ({ signal }) =>
      request<WireServiceChoices>('/machine-qa/service/choices', { query: { unit: unitId }, signal }),
    staleTime: 60_000,
  })
}

export const serviceCountsQuery = queryOptions({
  queryKey: ['machine-qa', 'service-counts'],
  queryFn: ({ signal }) => request<WireServiceCounts>('/machine-qa/service/counts', { signal }),
})

export function availabilityQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'availability', query],
    queryFn: ({ signal }) =>
      request<WireUnitAvailability>('/machine-qa/service/availability', { query, signal }),
  })
}

export function addServiceEvent(form: WireServiceForm): Promise<{ readonly id: number }> {
  return request('/machine-qa/service/events', { method: 'POST', body: form })
}

/** @throws ApiError `conflict` when the event is no longer in the version that was read */
export function changeServiceEvent(
  id: number,
  form: WireServiceForm & { readonly version: number },
): Promise<{ readonly id: number; readonly version: number }> {
  return request(`/machine-qa/service/events/${id}`, { method: 'PATCH', body: form })
}

export function moveServiceEvent(
  id: number,
  move: 'delete' | 'restore',
  reason: string,
): Promise<{ readonly id: number }> {
  return request(`/machine-qa/service/events/${id}/${move}`, { method: 'POST', body: { reason } })
}

export function chooseReturnSession(returnId: number, sessionId: number): Promise<{ readonly id: number }> {
  return request(`/machine-qa/service/returns/${returnId}/session`, { method: 'POST', body: { sessionId } })
}

/** What may be commented and have files: the last part of its address. */
export type TalkPlace = 'service/events' | 'faults' | 'parts' | 'units'

export function addRemark(place: TalkPlace, id: number, text: string): Promise<{ readonly id: number }> {
  return request(`/machine-qa/${place}/${id}/comments`, { method: 'POST', body: { text } })
}

export function addFiles(place: TalkPlace, id: number, files: readonly File[]): Promise<unknown> {
  const form = new FormData()
  for (const file of files) form.append('file', file, file.name)
  return request(`/machine-qa/${place}/${id}/attachments`, { method: 'POST', body: form })
}

export function removeFile(id: number): Promise<void> {
  return request<void>(`/machine-qa/attachments/${id}`, { method: 'DELETE' })
}

export function partQuery(id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'part', id],
    queryFn: ({ signal }) => request<WirePart>(`/machine-qa/parts/${id}/details`, { signal }),
  })
}

/** Says how many of a part are at a place. */
export function countStock(
  place: { readonly id: number; readonly version: number },
  quantity: number,
): Promise<RecordRow> {
  return request(`/machine-qa/part-storages/${place.id}`, {
    method: 'PATCH',
    body: { version: place.version, quantity },
  })
}

export function keepAt(part: number, storage: number, quantity: number): Promise<RecordRow> {
  return request('/machine-qa/part-storages', { method: 'POST', body: { part, storage, quantity } })
}

export function unitFileQuery(unitId: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'unit-file', unitId],
    queryFn: ({ signal }) => request<WireUnitFile>(`/machine-qa/units/${unitId}/file`, { signal }),
  })
}

export function faultQuery(id: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'fault', id],
    queryFn: ({ signal }) => request<WireFault>(`/machine-qa/faults/${id}/details`, { signal }),
  })
}

export function reportFault(report: WireFaultReport): Promise<{ readonly id: number }> {
  return request('/machine-qa/faults/report', { method: 'POST', body: report })
}

export function reviewFaults(
  faults: readonly number[],
): Promise<{ readonly items: readonly { readonly id: number; readonly isReviewed: boolean }[] }> {
  return request('/machine-qa/faults/review', { method: 'POST', body: { faults } })
}
