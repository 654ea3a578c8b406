import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

/** How the signed-in user wants something shown; null where nothing was chosen. */
export function preferenceQuery(key: string) {
  return queryOptions({
    queryKey: ['preference', key],
    queryFn: async ({ signal }) =>
      (await request<{ readonly value: unknown }>(`/preferences/${key}`, { signal })).value,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export async function savePreference(key: string, value: unknown): Promise<void> {
  await request<unknown>(`/preferences/${key}`, { method: 'PUT', body: { value } })
}
