import { queryOptions } from '@tanstack/react-query'
import type {
  ExperimentDetails,
  NewExperimentBody,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { type Query, request } from '../client.ts'
import type { Page, Reference } from '../records.ts'

const ROOT = '/research/experiments'

/** An experiment as lists show it. */
export interface ExperimentRow {
  readonly id: number
  readonly name: string
  readonly dateCreated: string
  readonly sample: Reference | null
  readonly method: Reference | null
  readonly staff: Reference | null
  readonly project: Reference | null
}

export function readExperiments(query: Query, signal?: AbortSignal): Promise<Page<ExperimentRow>> {
  return request<Page<ExperimentRow>>(ROOT, { query, ...(signal ? { signal } : {}) })
}

export const EXPERIMENTS_PATH = `/api/v1${ROOT}`

export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ['research', 'experiment', id],
    queryFn: ({ signal }) => request<ExperimentDetails>(`${ROOT}/${id}/details`, { signal }),
  })
}

export function recordExperiment(body: NewExperimentBody): Promise<ExperimentDetails> {
  return request<ExperimentDetails>(ROOT, { method: 'POST', body })
}

/** @throws ApiError `conflict` when the experiment is no longer in the version that was read */
export function changeExperiment(
  id: number,
  body: Partial<NewExperimentBody> & { readonly version: number },
): Promise<ExperimentDetails> {
  return request<ExperimentDetails>(`${ROOT}/${id}`, { method: 'PATCH', body })
}

export function binExperiment(id: number): Promise<void> {
  return request<void>(`${ROOT}/${id}`, { method: 'DELETE' })
}
