import { queryOptions, skipToken } from '@tanstack/react-query'
import { request } from '../client.ts'
import type { Page, RecordRow, Reference } from '../records.ts'

const MOST = 500

/** People of a client who can ask for analyses. */
export function contactsQuery(client: number | undefined) {
  return queryOptions({
    queryKey: ['lims', 'contacts', client],
    queryFn:
      client === undefined
        ? skipToken
        : async ({ signal }): Promise<readonly Reference[]> => {
            const query = { client, limit: MOST, order: 'fullname' }
            const page = await request<Page<RecordRow>>('/lims/contacts', { query, signal })
            return page.items.map(({ id, fullname }) => ({ id, label: String(fullname) }))
          },
    staleTime: 60_000,
  })
}
