import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  WireNewControl,
  WireNewDuplicate,
  WireNewWorksheet,
  WirePool,
  WireWorksheet,
  WireWorksheetList,
  WireWorksheetRow,
} from '../../../../src/dialects/native/lims/worksheets.schema.ts'
import { type Query, request } from '../client.ts'
import type { Page } from '../records.ts'

const WORKSHEETS = '/lims/worksheets'

export function readWorksheets(query: Query, signal: AbortSignal): Promise<Page<WireWorksheetRow>> {
  return request<WireWorksheetList>(WORKSHEETS, { query, signal })
}

export function worksheetQuery(id: string) {
  return queryOptions({
    queryKey: ['lims', 'worksheet', id],
    queryFn: ({ signal }) => request<WireWorksheet>(`${WORKSHEETS}/${id}`, { signal }),
  })
}

/** Samples with analyses that wait for a worksheet. */
export function poolQuery(query: Query) {
  return queryOptions({
    queryKey: ['lims', 'pool', query],
    queryFn: ({ signal }) => request<WirePool>('/lims/pool', { query, signal }),
  })
}

export function useCreateWorksheet() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: WireNewWorksheet) => request<WireWorksheet>(WORKSHEETS, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lims'] }),
  })
}

/** One change of a worksheet's positions. */
export type WorksheetChange =
  | { readonly to: 'analyses' | 'remove-analyses'; readonly body: { readonly analyses: readonly number[] } }
  | { readonly to: 'template'; readonly body: { readonly template: number } }
  | { readonly to: 'controls'; readonly body: WireNewControl }
  | { readonly to: 'duplicates'; readonly body: WireNewDuplicate }

export function useChangeWorksheet(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ to, body }: WorksheetChange) =>
      request<WireWorksheet>(`${WORKSHEETS}/${id}/${to}`, { method: 'POST', body }),
    onSuccess: async (worksheet) => {
      client.setQueryData(worksheetQuery(String(id)).queryKey, worksheet)
      await client.invalidateQueries({ queryKey: ['lims', 'pool'] })
    },
  })
}
