import { queryOptions } from '@tanstack/react-query'
import type {
  WireUnitState,
  WireUnitsOverview,
  WireWorkList,
} from '../../../../src/dialects/native/machine-qa/work.schema.ts'
import { type Query, request } from '../client.ts'

export const unitsOverviewQuery = queryOptions({
  queryKey: ['machine-qa', 'units-overview'],
  queryFn: ({ signal }) => request<WireUnitsOverview>('/machine-qa/units-overview', { signal }),
  refetchInterval: 60_000,
})

export function unitStateQuery(unitId: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'unit-state', unitId],
    queryFn: ({ signal }) => request<WireUnitState>(`/machine-qa/units/${unitId}/state`, { signal }),
  })
}

export function readWork(query: Query, signal?: AbortSignal): Promise<WireWorkList> {
  return request<WireWorkList>('/machine-qa/work', { query, ...(signal ? { signal } : {}) })
}

export function unitWorkQuery(unitId: string) {
  return queryOptions({
    queryKey: ['machine-qa', 'unit-work', unitId],
    queryFn: ({ signal }) => readWork({ unit: unitId, limit: 500 }, signal),
  })
}
