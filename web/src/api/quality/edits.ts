import type {
  WireAttributeEdit,
  WireJudging,
  WireMetricEntities,
  WireParameterEdit,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import { request } from '../client.ts'

export type ItemKind = 'report' | 'subject' | 'metric' | 'source'
export type InnerKind = Exclude<ItemKind, 'report'>
export type Position = 'first' | 'previous' | 'next' | 'last'

interface Made {
  readonly id: string
}

/** @throws ApiError of kind `conflict` with what is stored where `expected` is that no longer */
export function changeAttribute(kind: ItemKind, id: string, edit: WireAttributeEdit): Promise<unknown> {
  return request(`/quality/items/${kind}/${id}`, { method: 'PATCH', body: edit })
}

export interface ParameterOutcome {
  readonly changedSources: number
  /** whether the address answered; null where it was not asked */
  readonly availability: unknown
}

export function changeParameter(
  sourceId: string,
  key: string,
  edit: WireParameterEdit,
): Promise<ParameterOutcome> {
  return request(`/quality/sources/${sourceId}/parameters/${encodeURIComponent(key)}`, {
    method: 'PATCH',
    body: edit,
  })
}

export function makeReport(): Promise<Made> {
  return request('/quality/reports', { method: 'POST', body: {} })
}

export function copyReport(id: string): Promise<Made> {
  return request(`/quality/reports/${id}/copy`, { method: 'POST', body: {} })
}

export function makeItem(kind: InnerKind, parentId: string, type: string): Promise<Made> {
  return request('/quality/items', { method: 'POST', body: { kind, parentId, type } })
}

export function deleteItem(kind: ItemKind, id: string): Promise<void> {
  return request(`/quality/items/${kind}/${id}`, { method: 'DELETE' })
}

/** @param to id of the item that is to hold the copy */
export function copyItem(kind: InnerKind, id: string, to: string): Promise<Made> {
  return request(`/quality/items/${kind}/${id}/copy`, { method: 'POST', body: { to } })
}

export function moveItem(kind: InnerKind, id: string, to: string): Promise<void> {
  return request(`/quality/items/${kind}/${id}/move`, { method: 'POST', body: { to } })
}

export function movePosition(kind: InnerKind, id: string, position: Position): Promise<void> {
  return request(`/quality/items/${kind}/${id}/position`, { method: 'POST', body: { position } })
}

/** Accepts debt as it stands, with a target and an end date that the server proposes, or takes that back. */
export function acceptDebt(metricId: string, accept: boolean): Promise<void> {
  return request(`/quality/metrics/${metricId}/debt`, { method: 'POST', body: { accept } })
}

export function restoreDeletion(changeId: number): Promise<Made> {
  return request(`/quality/deletions/${changeId}/restore`, { method: 'POST', body: {} })
}

export function judgeEntities(metricId: string, judging: WireJudging): Promise<WireMetricEntities> {
  return request(`/quality/metrics/${metricId}/entities`, { method: 'POST', body: judging })
}

/** @param file the text of a report as it was exported */
export function importReport(
  file: string,
): Promise<{ readonly id: string; readonly hasLostCredentials: boolean }> {
  return request('/quality/reports/import', { method: 'POST', body: { file } })
}
