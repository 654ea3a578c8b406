import { queryOptions } from '@tanstack/react-query'
import type {
  WireApiKey,
  WireDeveloper,
  WireDeveloperProfile,
  WireNewApiKey,
  WireUsage,
} from '../../../../src/dialects/native/dicom/developer.schema.ts'
import { request } from '../client.ts'

const BASE = '/dicom/developer'

export const developerQuery = queryOptions({
  queryKey: ['dicom', 'developer'],
  queryFn: ({ signal }) => request<WireDeveloper>(BASE, { signal }),
})

export function saveProfile(profile: WireDeveloperProfile): Promise<WireDeveloper> {
  return request<WireDeveloper>(BASE, { method: 'PUT', body: profile })
}

/** @param month `YYYY-MM`; the current month when absent */
export function usageQuery(month: string | undefined) {
  return queryOptions({
    queryKey: ['dicom', 'developer', 'usage', month ?? ''],
    queryFn: ({ signal }) => request<WireUsage>(`${BASE}/usage`, { query: { month }, signal }),
  })
}

export const keysQuery = queryOptions({
  queryKey: ['dicom', 'developer', 'keys'],
  queryFn: ({ signal }) => request<{ readonly items: readonly WireApiKey[] }>(`${BASE}/keys`, { signal }),
})

export function createKey(name: string): Promise<WireNewApiKey> {
  return request<WireNewApiKey>(`${BASE}/keys`, { method: 'POST', body: { name } })
}

export function revokeKey(number: number): Promise<void> {
  return request<void>(`${BASE}/keys/${number}/revoke`, { method: 'POST' })
}

export function deleteKey(number: number): Promise<void> {
  return request<void>(`${BASE}/keys/${number}`, { method: 'DELETE' })
}
