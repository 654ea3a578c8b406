import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  WireChartChoices,
  WireChartData,
  WireControlChart,
} from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import { type Query, request } from '../client.ts'

/** What of some units can be plotted. */
export function chartChoicesQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'chart-choices', query],
    queryFn: ({ signal }) => request<WireChartChoices>('/machine-qa/charts/choices', { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function chartDataQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'chart-data', query],
    queryFn: ({ signal }) => request<WireChartData>('/machine-qa/charts', { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export function controlChartQuery(query: Query) {
  return queryOptions({
    queryKey: ['machine-qa', 'control-chart', query],
    queryFn: ({ signal }) => request<WireControlChart>('/machine-qa/charts/control', { query, signal }),
    placeholderData: keepPreviousData,
  })
}
